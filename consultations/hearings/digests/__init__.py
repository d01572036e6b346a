"""What stands of hearings in a digest, one module a noun."""
