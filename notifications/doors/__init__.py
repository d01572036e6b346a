"""The doors mail comes in by: LMTP, a pipe, a mailbox that is looked into, webhooks. All end in `inbound.accept`."""
