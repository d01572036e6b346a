"""Settings of the tests: the site's own, in a folder that goes with the run.

DATABASE_URL chooses the database. On SQLite it is a file, so that a server beside the tests can share it.
"""

import atexit
import os
import shutil
import tempfile

if "DATA" not in os.environ:
    os.environ["DATA"] = tempfile.mkdtemp(prefix="alphorn-test-")
    atexit.register(shutil.rmtree, os.environ["DATA"], ignore_errors=True)
# Tests that run side by side each have a folder of their own in it, as they have a database of their own.
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and os.path.basename(os.environ["DATA"]) != worker:
    os.environ["DATA"] = os.path.join(os.environ["DATA"], worker)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 3)
os.environ.setdefault("REPLY_DOMAIN", "reply.example.org")
os.environ.setdefault("WAKE_SECONDS", "0.1")
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Files straight from static/: a manifest would need collectstatic before every run.
os.environ.setdefault("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")

from config.settings import *  # noqa: F403
from config.settings import DATA, DATABASES

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
    # A power cut during the tests loses nothing of worth; waiting for the disk would double their time.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
