"""A real IMAP server for the tests: Debian's dovecot with a folder and a port of its own, ended with the test."""

import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.postgres import free_port

CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
last_valid_uid = 0
imap_capability = {capability}
mail_location = maildir:{home}/mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
WITHOUT_IDLE = "IMAP4rev1 UIDPLUS MOVE"


class Dovecot:
    """A mailbox of one user. `url` is its IMAP_URL; `put` brings mail in; `folder` lists what lies in a folder."""

    def __init__(self, home, capability="+"):
        self.home, self.capability, self.process = Path(home), capability, None
        self.port = free_port()
        self.url = f"imap://reply%40example.org:secret@127.0.0.1:{self.port}/INBOX"

    def start(self):
        self.home.joinpath("mail").mkdir(exist_ok=True)
        facts = self._people() | {"port": self.port}
        written = CONFIGURATION.format(home=self.home, capability=self.capability, **facts)
        self.home.joinpath("dovecot.conf").write_text(written.replace("imap_capability = +\n", ""))
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        self.process = subprocess.Popen([program, "-F", "-c", str(self.home / "dovecot.conf")])
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with self.client():
                    return self
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.05)
        raise AssertionError(self.home.joinpath("log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)

    def _people(self):
        """Whom it runs as: started by root, it insists on users of its own and on mail that is not root's."""
        if os.getuid():
            me = pwd.getpwuid(os.getuid())
            group = grp.getgrgid(me.pw_gid).gr_name
            return {"internal": me.pw_name, "group": group, "login": me.pw_name, "uid": me.pw_uid, "gid": me.pw_gid}
        owner = pwd.getpwnam("nobody")
        os.chown(self.home / "mail", owner.pw_uid, owner.pw_gid)
        group = grp.getgrgid(pwd.getpwnam("dovecot").pw_gid).gr_name
        return {
            "internal": "dovecot",
            "group": group,
            "login": "dovenull",
            "uid": owner.pw_uid,
            "gid": owner.pw_gid,
        }

    def client(self):
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE)
        client.login("reply@example.org", "secret")
        return client

    def put(self, *mails, folder="INBOX"):
        with self.client() as client:
            for mail in mails:
                assert client.append(folder, None, None, mail)[0] == "OK"

    def folder(self, name="INBOX"):
        """The bytes of the mails in a folder; none when there is no such folder."""
        with self.client() as client:
            if client.select(f'"{name}"', readonly=True)[0] != "OK":
                return []
            found = client.search(None, "UNDELETED")[1][0].split()
            return [client.fetch(number, "(RFC822)")[1][0][1] for number in found]


@pytest.fixture
def mailbox(settings):
    """A running server whose mailbox the site looks into."""
    yield from _running(settings, "+")


@pytest.fixture
def mailbox_without_idle(settings):
    yield from _running(settings, WITHOUT_IDLE)


def _running(settings, capability):
    if not shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip("dovecot is not installed (Debian: dovecot-imapd)")
    # Not in the folder of the tests, which dovecot's own users may not enter.
    with tempfile.TemporaryDirectory(prefix="dovecot") as home:
        os.chmod(home, 0o755)
        server = Dovecot(home, capability)
        try:
            server.start()
            settings.IMAP_URL = server.url
            yield server
        finally:
            server.stop()
