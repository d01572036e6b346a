"""How a process learns that a journal has grown: a wake-up that says only which journal.

Entries never travel here; whoever is woken reads them from the database with a cursor, so a lost wake-up costs
time and never an entry. Within one process the listeners are called after commit. Between processes the channel
layer carries the wake-up where Redis is set, and every process polls the journals it watches besides.
"""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

GROUP = "journals"
_listeners = []


def listen(callback):
    """Call `callback(journal_id)` after each commit, in this process, that added entries; from any thread."""
    _listeners.append(callback)


def forget(callback):
    """Stop calling a listener."""
    _listeners.remove(callback)


def after_commit(journal_id):
    """Wake the listeners of a journal once the running transaction is committed."""
    transaction.on_commit(lambda: wake(journal_id), robust=True)


def wake(journal_id):
    """Tell this process, and through Redis where it is set the others, that a journal has grown."""
    for callback in list(_listeners):
        callback(journal_id)
    if settings.REDIS_URL:
        async_to_sync(get_channel_layer().group_send)(GROUP, {"type": "journal.grew", "journal": journal_id})
