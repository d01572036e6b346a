"""The deeds of people and organisations: each asks its rule, writes, records an entry, and returns."""
