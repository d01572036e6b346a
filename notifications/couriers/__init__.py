"""Couriers: one mailbox, several people. Whose words a member may carry, and what became of them."""
