"""What people write to a hearing by mail, in six languages; pure."""
