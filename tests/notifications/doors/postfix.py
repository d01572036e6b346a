"""A real Postfix for the tests, configured with the words of docs/operate-mail.md: an instance of its own on loopback.

Its folders, ports and processes are the test's; where mail to elsewhere would go, it hands it to a sink.
"""

import asyncio
import os
import pwd
import re
import shutil
import smtplib
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP

from tests.patience import PATIENCE
from tests.postgres import free_port

PAGE = Path(__file__).parents[3] / "docs" / "operate-mail.md"
# Where this instance lives and that it talks to nobody else; nothing of what the page says is changed by these.
OURS = """
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
relayhost = [127.0.0.1]:{sink}
smtp_host_lookup = native
notify_classes =
smtpd_delay_reject = yes
smtpd_peername_lookup = no
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix  n - n 60    1 pickup
cleanup   unix  n - n -     0 cleanup
qmgr      unix  n - n 1     1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n -     - trivial-rewrite
bounce    unix  - - n -     0 bounce
defer     unix  - - n -     0 bounce
trace     unix  - - n -     0 bounce
verify    unix  - - n -     1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n -     - proxymap
smtp      unix  - - n -     - smtp
relay     unix  - - n -     - smtp
showq     unix  n - n -     - showq
error     unix  - - n -     - error
retry     unix  - - n -     - error
discard   unix  - - n -     - discard
lmtp      unix  - - n -     - lmtp
anvil     unix  - - n -     1 anvil
scache    unix  - - n -     1 scache
postlog   unix-dgram n - n - 1 postlogd
"""


def printed(name):
    """The text of a block that the page prints."""
    return re.search(rf"^```{re.escape(name)}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)[1]


class Sink:
    """Everybody else's mail server: takes mail, and refuses what is for somebody called gone."""

    def __init__(self):
        self.mails, self._ready, self._stop = [], threading.Event(), None
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 5.1.1 there is nobody called gone"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"

    async def _serve(self):
        self._stop, self.loop = asyncio.Event(), asyncio.get_running_loop()
        server = await self.loop.create_server(lambda: SMTP(self, loop=self.loop), "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    def __enter__(self):
        self.thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self._stop.set)
        self.thread.join(PATIENCE)


class Postfix:
    """`port` takes mail by SMTP; `log()` is what it wrote down."""

    def __init__(self, home, *, lmtp, policy, sink):
        self.home, self.port = Path(home), free_port()
        self.lmtp, self.policy, self.sink = lmtp, policy, sink

    def start(self):
        conf = self.home / "conf"
        for folder in (conf, self.home / "spool", self.home / "data"):
            folder.mkdir(mode=0o755)
        os.chown(self.home / "data", pwd.getpwnam("postfix").pw_uid, -1)
        main = printed("main.cf")
        for said, here in (
            ("127.0.0.1:8024", f"127.0.0.1:{self.lmtp}"),
            ("127.0.0.1:8025", f"127.0.0.1:{self.policy}"),
            ("/etc/postfix/", f"{conf}/"),
        ):
            assert said in main
            main = main.replace(said, here)
        conf.joinpath("main.cf").write_text(OURS.format(home=self.home, sink=self.sink) + main)
        conf.joinpath("master.cf").write_text(MASTER.format(port=self.port))
        conf.joinpath("header_checks").write_text(printed("header_checks"))
        self.run("start")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with self.client():
                    return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log())

    def run(self, word):
        done = subprocess.run(
            [program(), "-c", str(self.home / "conf"), word], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{done.stderr}\n{self.log()}"

    def stop(self):
        self.run("stop")

    def client(self):
        return smtplib.SMTP("127.0.0.1", self.port, local_hostname="mx.elsewhere.example", timeout=60)

    def log(self):
        written = self.home / "log"
        return written.read_text() if written.exists() else ""


def program():
    return shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin")


@pytest.fixture
def sink():
    with Sink() as sink:
        yield sink


@pytest.fixture
def postfix(asked_door, sink):
    """A running Postfix that hands our mail to the door and all other to the sink."""
    if not program() or os.getuid():
        pytest.skip("Postfix is not installed (Debian: postfix), or this is not root")
    with tempfile.TemporaryDirectory(prefix="postfix") as home:
        os.chmod(home, 0o755)
        server = Postfix(home, lmtp=asked_door.port, policy=asked_door.policy_port, sink=sink.port).start()
        try:
            yield server
        finally:
            server.stop()
