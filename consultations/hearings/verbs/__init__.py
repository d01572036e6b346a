"""How the entries of hearings read in one line."""
