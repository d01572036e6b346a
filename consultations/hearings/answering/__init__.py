"""How a hearing takes answers by mail."""
