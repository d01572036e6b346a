"""What hearings mail at once, one file a noun."""
