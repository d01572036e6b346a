"""Who may do what, one file a noun."""
