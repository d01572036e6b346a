"""Mails and archives in bytes, as small as they can be, and what an import made of them."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from django.core.management import call_command

from forum.models import Post

BEGIN = datetime(2004, 3, 1, 12, tzinfo=UTC)


def mail(name="a", *, after=None, refs=(), subject="Springs", hours=0, text="Who measures them?", **headers):
    """One mail named <name@example.net>. `after` is what it answers, `hours` when it was sent; a header None is out."""
    fields = {
        "From": "Ana Flores <ana@example.net>",
        "Date": format_datetime(BEGIN + timedelta(hours=hours)),
        "Message-ID": f"<{name}@example.net>",
        "Subject": subject,
    }
    if after:
        fields["In-Reply-To"] = f"<{after}@example.net>"
    if refs:
        fields["References"] = " ".join(f"<{ref}@example.net>" for ref in refs)
    fields |= {field.replace("_", "-"): value for field, value in headers.items()}
    head = "".join(f"{field}: {value}\n" for field, value in fields.items() if value is not None)
    body = text if isinstance(text, bytes) else text.encode()
    return head.encode() + b"\n" + body + b"\n"


def multipart(*parts, name="a", kind="mixed", **headers):
    """A mail of several parts; each is (its headers, its body in bytes)."""
    body = b"".join(b"--edge\n" + head.encode() + b"\n\n" + content + b"\n" for head, content in parts)
    return mail(name, text=body + b"--edge--", Content_Type=f'multipart/{kind}; boundary="edge"', **headers)


def mbox(*mails, line=b"From ana@example.net Mon Mar  1 12:00:00 2004"):
    """An mbox of the variant mboxrd."""
    return b"".join(line + b"\n" + each.replace(b"\nFrom ", b"\n>From ") + b"\n" for each in mails)


def import_into(slug, *files, tmp_path, **options):
    """Run the command; `files` are paths or the bytes of one. Returns what it printed and the lines of its report."""
    paths = []
    for number, file in enumerate(files):
        if isinstance(file, bytes):
            path = tmp_path / f"archive-{number}.mbox"
            path.write_bytes(file)
            file = path
        paths.append(str(file))
    report = tmp_path / "report.tsv"
    with (tmp_path / "out.txt").open("w") as out:
        call_command("import_mbox", slug, *paths, report=report, processes=0, stdout=out, stderr=out, **options)
    rows = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()[1:]]
    return (tmp_path / "out.txt").read_text(), rows


def content(attachment):
    """The bytes of a kept file."""
    with attachment.file.open() as file:
        return file.read()


def tree(slug):
    """{name: name of its parent or None} of the imported posts, as threads in the order of their numbers."""
    threads = {}
    posts = Post.objects.filter(thread__workspace__slug=slug, channel="import").order_by("thread__number", "path")
    for post in posts.select_related("imported_mail", "parent__imported_mail"):
        above = _name(post.parent) if post.parent_id else None
        threads.setdefault(post.thread_id, {})[_name(post)] = above
    return list(threads.values())


def _name(post):
    return post.imported_mail.message_id.replace("@example.net", "")


def picture(slug):
    """Everything of an import that a reader could see, for comparing two of them."""
    posts = Post.objects.filter(thread__workspace__slug=slug, channel="import").order_by("thread__number", "path")
    return [
        (post.thread.number, post.thread.title, post.number, post.path, post.imported_mail.message_id, post.text)
        for post in posts.select_related("thread", "imported_mail")
    ]
