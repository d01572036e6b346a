#!/usr/bin/env python3
"""The command line of Alphorn: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

NO_DATABASE = """The database could not be used: {error}

Is it running, does DATABASE_URL say where, and did `manage.py migrate` bring it up to date? --traceback shows more."""


def main(arguments):
    """Carry out a command; what only its operator can mend is told in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        if "--traceback" in arguments:
            raise
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in arguments:
            raise
        sys.exit(NO_DATABASE.format(error=str(error).strip()))


if __name__ == "__main__":
    main(sys.argv)
