"""What people write and what it means, one file a noun."""
