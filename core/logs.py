"""What the operator reads: a line for what a stranger sent, and more only for errors of ours."""

import logging


class Brief(logging.Filter):
    """Takes the traceback from what Django says of requests that are refused as suspicious.

    A scanner with a wrong `Host` writes as many of them as it likes, and each would be twelve lines.
    """

    def filter(self, record):
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True
