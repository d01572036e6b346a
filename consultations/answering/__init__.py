"""What a mail can answer, one file a noun."""
