"""The deeds of the forum: each asks its rule, writes, records an entry, and returns."""
