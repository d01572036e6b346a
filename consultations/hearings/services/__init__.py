"""The deeds of hearings, one file a noun: ask, lock the hearing, write, record, return."""
