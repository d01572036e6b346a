"""What is filled in at hearings."""
