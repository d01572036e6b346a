"""Letters of this app, one file a noun."""
