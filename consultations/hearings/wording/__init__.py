"""Sentences that pages and mails of hearings share."""
