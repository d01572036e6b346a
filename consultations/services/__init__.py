"""What is done with ballots, each deed in the order: ask, write, record, return."""
