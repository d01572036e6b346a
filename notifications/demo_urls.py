"""Addresses that exist in the demo only: the outbox."""

urlpatterns = []
