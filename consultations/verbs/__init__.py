"""How the journal entries read in one line, one file a noun."""
