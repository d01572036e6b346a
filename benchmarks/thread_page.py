"""The thread page of 20 posts: requests a second, queries, bytes; from a thread of 20 posts and from large ones.

python -m benchmarks.thread_page [--database postgres] [--seconds 10] [--sizes 20 1000 20000]
"""

import argparse
import asyncio
import json
import tempfile
import time

from benchmarks import data, rig

MEASURE = """
import json, sys, django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from forum.models import Thread
from members.models import Member

member = Member.objects.order_by("pk").last()
signed_in = Client()
signed_in.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
figures = {}
for thread in Thread.objects.order_by("pk"):
    row = figures[thread.pk] = {"posts": thread.post_count}
    for name, client in (("anonymous", Client()), ("signed_in", signed_in)):
        address = f"/threads/{thread.pk}/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address, HTTP_ACCEPT_ENCODING="br")
        assert page.status_code == 200, page.status_code
        row[name] = {"queries": len(queries), "bytes": len(page.content)}
name = settings.SESSION_COOKIE_NAME
print(json.dumps({"pages": figures, "cookie": f"{name}={signed_in.cookies[name].value}"}))
"""


async def one_connection(port, request, until):
    """Ask for one page again and again over one connection; returns the seconds each answer took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took = []
    while time.perf_counter() < until:
        begun = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise SystemExit(head.decode())
        lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        await reader.readexactly(int(lengths[0].split(b":")[1]))
        took.append(time.perf_counter() - begun)
    writer.close()
    return took


async def load(port, path, *, seconds, connections, cookie=""):
    """(requests a second, median ms, worst ms)."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost:8000", "Accept-Encoding: br"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    await one_connection(port, request, time.perf_counter() + 0.5)
    until = time.perf_counter() + seconds
    took = await asyncio.gather(*(one_connection(port, request, until) for _ in range(connections)))
    took = sorted(one for connection in took for one in connection)
    return len(took) / seconds, took[len(took) // 2] * 1000, took[-1] * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 1000, 20_000])
    options = parser.parse_args()
    print(rig.machine(), "-", options.database)
    with rig.site(options.database) as environment, tempfile.TemporaryDirectory() as folder:
        data.make(folder, members=200, threads=options.sizes)
        rig.manage(environment, "import_jsonl", folder)
        measured = json.loads(rig.run(environment, "-c", MEASURE).splitlines()[-1])
        port = rig.free_port()
        print(
            f"{'posts':>7} {'reader':<10} {'queries':>7} {'bytes br':>9} {'req/s':>7} {'median ms':>10} {'worst ms':>9}"
        )
        with rig.process(environment, "-m", "daphne", "-p", str(port), "config.asgi:application") as daphne:
            rig.wait_for(port)
            for pk, row in measured["pages"].items():
                for reader, cookie in (("anonymous", ""), ("signed_in", measured["cookie"])):
                    speed, median, worst = asyncio.run(
                        load(
                            port,
                            f"/threads/{pk}/",
                            seconds=options.seconds,
                            connections=options.connections,
                            cookie=cookie,
                        )
                    )
                    print(
                        f"{row['posts']:>7} {reader:<10} {row[reader]['queries']:>7} {row[reader]['bytes']:>9} "
                        f"{speed:>7.0f} {median:>10.1f} {worst:>9.1f}"
                    )
            print(f"memory of the web process: {rig.memory_now(daphne.pid):.0f} MB")


if __name__ == "__main__":
    main()
