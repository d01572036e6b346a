"""The outbox: letters wait in their table, workers send them, and each letter tells what became of it.

queue         put a letter in, send a failed one again, what is due
sending       one worker's round: claim a batch, hand it over letter by letter
marks         what stands in a letter's row meanwhile, and what becomes of one that was not taken
refusals      whose fault a server's answer is, and so what waits
destinations  the pace of each receiving domain; warmup: the caps of a new sending domain
pauses        the switch
progress      how it goes, in figures
transports    where letters leave the house: a Maildir, memory, or smtp: the dialogue with a mail server
backend       Django's own mails and allauth's become letters too
"""

from notifications.outbox.backend import EmailBackend
from notifications.outbox.queue import deliver, deliver_all, left_half_way, queued, retry
from notifications.outbox.sending import Outbox, close, send_due

__all__ = ["EmailBackend", "Outbox", "close", "deliver", "deliver_all", "left_half_way", "queued", "retry", "send_due"]
