"""Who may do what at a hearing, one file a noun."""
