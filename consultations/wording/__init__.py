"""Sentences that pages and mails share, one file a noun."""
