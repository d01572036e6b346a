"""What stands in a digest, one file a noun."""
