"""The size of a digest: the bytes of one issue of 20 posts, beside other forms of the same posts, language by language.

    python -m benchmarks.digest_size [--posts 20]

`words` are the posts' own words, titles and names in UTF-8: what any digest has to carry. `ours` is the issue that the
site really sends to a member who reads plain text, `with HTML` the one in both forms. Beside them, made of the same
posts: the plain digest of RFC 1153 and the MIME digest of RFC 2046 as Mailman 3 makes them, with the headers it keeps
of each mail and its masthead, in the smaller of the encodings that Python's email package has for the text; and a
digest in text and HTML in the usual manner of web forums: a table, styles in the tags, a button a post.
"""

import argparse
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from email.charset import BASE64, QP, Charset
from email.header import Header
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape
from pathlib import Path

from benchmarks import rig

# A few sentences of each language to make posts of; their order is shuffled, so that no two posts are the same.
SENTENCES = {
    "en": (
        "The springs above the village dry up earlier every year. We measure them in May and in October. "
        "A path without a bridge is closed for four months. The council should publish what it has promised. "
        "Young herders ask who will keep the terraces. Snow came late, and the barley was sown in dry ground. "
        "A clinic within a day's walk would change more than a road."
    ),
    "fr": (
        "Les sources au-dessus du village tarissent chaque année plus tôt. Nous les mesurons en mai et en octobre. "
        "Un sentier sans pont est fermé pendant quatre mois. Le conseil devrait publier ce qu’il a promis. "
        "Les jeunes bergers demandent qui entretiendra les terrasses. La neige est tombée tard cette année-là."
    ),
    "es": (
        "Los manantiales de arriba se secan cada año más temprano. Los medimos en mayo y en octubre. "
        "Un sendero sin puente queda cerrado cuatro meses. El consejo debería publicar lo que prometió. "
        "Los jóvenes pastores preguntan quién cuidará las terrazas. La nieve llegó tarde este año."
    ),
    "ru": (
        "Родники над деревней каждый год пересыхают раньше. Мы измеряем их в мае и в октябре. "
        "Тропа без моста закрыта четыре месяца. Совет должен опубликовать то, что обещал. "
        "Молодые пастухи спрашивают, кто будет держать террасы. Снег выпал поздно, и ячмень сеяли в сухую землю."
    ),
    "ar": (
        "تجف الينابيع فوق القرية كل عام في وقت أبكر. نقيسها في مايو وفي أكتوبر. "
        "الطريق بلا جسر مغلق أربعة أشهر. على المجلس أن ينشر ما وعد به. "
        "يسأل الرعاة الشباب من سيحافظ على المدرجات. جاء الثلج متأخراً هذا العام."
    ),
    "zh": (
        "村子上方的泉水一年比一年干涸得早。 我们在五月和十月测量水量。 没有桥的小路每年要关闭四个月。 "
        "委员会应当公布它所承诺的事情。 年轻的牧民问谁来维护梯田。 今年的雪下得很晚，青稞只好播在干土里。"
    ),
}
TITLES = {
    "en": "Water above the village",
    "fr": "L’eau au-dessus du village",
    "es": "El agua de arriba",
    "ru": "Вода над деревней",
    "ar": "المياه فوق القرية",
    "zh": "村子上方的水",
}
NAMES = {
    "en": "Maya Rai",
    "fr": "Élise Dubois",
    "es": "José Núñez",
    "ru": "Айгуль Серикова",
    "ar": "ليلى حسن",
    "zh": "王丽",
}
THREADS = 4
KEPT = ("Date", "From", "Subject", "To", "Message-ID", "Content-Type")  # of each mail, in Mailman's plain digest


def posts_of(language, count, seed=1):
    """[(title, name, text, sent_at)], the same for the same numbers."""
    dice = random.Random(f"{seed}{language}")
    ends = "。" if language == "zh" else "."
    sentences = [one.strip() + ends for one in SENTENCES[language].split(ends) if one.strip()]
    made = []
    for number in range(count):
        paragraphs = []
        for _paragraph in range(dice.choice((1, 2, 2, 3))):
            chosen = dice.choices(sentences, k=dice.randint(3, 6))
            paragraphs.append(("" if language == "zh" else " ").join(chosen))
        at = datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(minutes=7 * number)
        title = f"{TITLES[language]} {number % THREADS + 1}"
        made.append((title, f"{NAMES[language]} {number % 7 + 1}", "\n\n".join(paragraphs), at))
    return made


def words_of(posts):
    """Bytes of what must be said: each post's text and author, each title once."""
    titles = {title for title, *_ in posts}
    said = [part for _title, name, text, _at in posts for part in (name, text)]
    return sum(len(part.encode()) for part in (*titles, *said))


# -- The other forms ---------------------------------------------------------------------------------------


def plain_digest(posts):
    """RFC 1153, as Mailman 3 makes it: a masthead, the subjects, and each mail with the headers that are kept."""
    lines = [*MASTHEAD, "Today's Topics:", ""]
    lines += [f"  {number:>2}. Re: {title} ({name})" for number, (title, name, *_) in enumerate(posts, 1)]
    lines += ["", "", "-" * 70, ""]
    for number, post in enumerate(posts, 1):
        kept = _mail(number, post)
        lines += [f"{name}: {kept[name]}" for name in KEPT if kept[name]]
        lines += ["", *post[2].split("\n"), "", "-" * 30, ""]
    lines += ["Subject: Digest Footer", "", *FOOTER, "", "-" * 30, "", ""]
    lines += ["End of Plenary Digest, Vol 3, Issue 44", "*" * 38, ""]
    return _head(_text("\n".join(lines)))


def mime_digest(posts):
    """RFC 2046 section 5.1.5, as Mailman 3 makes it: the masthead, the subjects, and each mail as message/rfc822."""
    whole = MIMEMultipart("mixed")
    whole.attach(_text("\n".join(MASTHEAD)))
    topics = [f"  {number:>2}. Re: {title} ({name})" for number, (title, name, *_) in enumerate(posts, 1)]
    whole.attach(_text("\n".join(["Today's Topics:", "", *topics, ""])))
    mails = MIMEMultipart("digest")
    for number, post in enumerate(posts, 1):
        mails.attach(MIMEMessage(_mail(number, post)))
    whole.attach(mails)
    whole.attach(_text("\n".join(FOOTER)))
    return _head(whole)


def html_digest(posts):
    """Text and HTML in the usual manner: both say all of it, the HTML in tables with styles in the tags."""
    cell = "font-family:Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;color:#333333;padding:12px 16px"
    rows = []
    for number, (title, name, text, at) in enumerate(posts, 1):
        link = f"https://forum.example.org/t/{1000 + number}/{number}"
        said = "".join(f'<p style="margin:0 0 12px 0">{escape(part)}</p>' for part in text.split("\n\n"))
        rows.append(
            f'<tr><td style="{cell};border-bottom:1px solid #dddddd"><h3 style="margin:0 0 6px 0;font-size:16px">'
            f'<a href="{link}" style="color:#0066cc;text-decoration:none">{escape(title)}</a></h3>'
            f'<div style="color:#888888;font-size:12px">{escape(name)} · {at:%d %b %Y %H:%M}</div>{said}'
            f'<a href="{link}" style="display:inline-block;padding:6px 12px;background:#0066cc;color:#ffffff;'
            f'border-radius:3px;text-decoration:none">Reply</a></td></tr>'
        )
    page = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body style="margin:0;background:#f4f4f4">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">'
        '<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff">'
        f"{''.join(rows)}</table></td></tr></table></body></html>"
    )
    plain = "\n\n".join(f"{title}\n{name}, {at:%d %b %Y %H:%M}\n\n{text}" for title, name, text, at in posts)
    mail = EmailMessage(policy=SMTP)
    mail.set_content(plain + "\n")
    mail.add_alternative(page, subtype="html")
    return _head(mail)


MASTHEAD = [
    "Send Plenary mailing list submissions to",
    "\tplenary@lists.example.org",
    "",
    "To subscribe or unsubscribe via email, send a message with subject or",
    "body 'help' to",
    "\tplenary-request@lists.example.org",
    "",
    "You can reach the person managing the list at",
    "\tplenary-owner@lists.example.org",
    "",
    "When replying, please edit your Subject line so it is more specific than",
    '"Re: Contents of Plenary digest..."',
    "",
]
FOOTER = [
    "_______________________________________________",
    "Plenary mailing list -- plenary@lists.example.org",
    "To unsubscribe send an email to plenary-leave@lists.example.org",
]


def _text(text):
    """A text in UTF-8, in the smaller of the two encodings that Python's email package, and so Mailman, has for it."""
    if text.isascii():
        return MIMEText(text, "plain", "us-ascii")
    made = []
    for encoding in (QP, BASE64):
        charset = Charset("utf-8")
        charset.body_encoding = encoding
        made.append(MIMEText(text, "plain", charset))
    return min(made, key=lambda one: len(one.as_bytes()))


def _mail(number, post):
    title, name, text, at = post
    mail = _text(text + "\n")
    mail["Date"] = format_datetime(at)
    mail["From"] = formataddr((name, f"m{number}@example.org"))
    mail["Subject"] = Header(f"Re: {title}", "utf-8").encode() if not title.isascii() else f"Re: {title}"
    mail["To"] = "plenary@lists.example.org"
    mail["Message-ID"] = f"<p{number}.{number * 7919}@mail.example.org>"
    return mail


def _head(mail):
    """The headers of the digest itself, as the list sends them."""
    for name, value in (
        ("From", "plenary-request@lists.example.org"),
        ("To", "plenary@lists.example.org"),
        ("Subject", "Plenary Digest, Vol 3, Issue 44"),
        ("Date", format_datetime(datetime(2026, 3, 3, 6, tzinfo=UTC))),
        ("Message-ID", "<177258.44.digest@lists.example.org>"),
        ("List-Id", "Plenary <plenary.lists.example.org>"),
        ("List-Archive", "<https://lists.example.org/hyperkitty/list/plenary@lists.example.org/>"),
        ("List-Help", "<mailto:plenary-request@lists.example.org?subject=help>"),
        ("List-Post", "<mailto:plenary@lists.example.org>"),
        ("List-Subscribe", "<mailto:plenary-join@lists.example.org>"),
        ("List-Unsubscribe", "<mailto:plenary-leave@lists.example.org>"),
        ("Precedence", "list"),
    ):
        mail[name] = value
    return len(mail.as_bytes(policy=SMTP))


# -- Ours --------------------------------------------------------------------------------------------------


def ours(environment, language, posts):
    """Bytes of (the plain issue, the issue with HTML) that the site sends of these posts, all of them whole."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), language, posts)
        rig.manage(environment, "import_jsonl", folder)
        return [int(size) for size in rig.run(environment, "-c", SEND, language).split()]


def _write(folder, language, posts):
    code = sorted(SENTENCES).index(language) + 1
    people = sorted({name for _title, name, *_ in posts})
    titles = list(dict.fromkeys(title for title, *_ in posts))
    room = {"id": code, "slug": f"plenary-{language}", "name": "Plenary", "lang": language, "description": "-"}
    rig.write_jsonl(folder / "workspaces.jsonl", [room])
    readers = [f"reader-{language}", *(f"author-{language}-{number}" for number in range(len(people)))]
    names = ["Reader", *people]
    rig.write_jsonl(
        folder / "members.jsonl",
        [
            {
                "id": 100 * code + number,
                "username": reader,
                "name": names[number],
                "email": f"{reader}@example.org",
                "lang": language,
                "digest": "daily",
                "workspaces": [code],
                "joined": "2026-01-01T00:00:00Z",
            }
            for number, reader in enumerate(readers)
        ],
    )
    rows = [
        {
            "id": 100 * code + titles.index(title),
            "workspace": code,
            "title": title,
            "lang": language,
            "author": 100 * code + 1,
            "created": "2026-03-02T08:00:00Z",
            "last": "2026-03-02T12:00:00Z",
            "n_posts": sum(post[0] == title for post in posts),
        }
        for title in titles
    ]
    rig.write_jsonl(folder / "threads.jsonl", rows)
    made = [
        {
            "id": 1000 * code + number,
            "thread": 100 * code + titles.index(title),
            "workspace": code,
            "author": 100 * code + 1 + people.index(name),
            "parent": None,
            "created": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "lang": language,
            "message_id": f"{language}{number}@bench.example.org",
            "subject": title,
            "body": text,
        }
        for number, (title, name, text, at) in enumerate(posts)
    ]
    rig.write_jsonl(folder / "posts.jsonl", made)


SEND = """
import sys
import django
django.setup()
from journal.models import Entry
from members.models import Member
from notifications import subscriptions
from notifications.digests import run
from notifications.models import Subscription
Entry.objects.filter(verb="post.imported").update(verb="post.replied")
member = Member.objects.get(email=f"reader-{sys.argv[1]}@example.org")
for form in ("text", "html"):
    run.prepare(force=True)
    Subscription.objects.filter(member=member).update(cursor=0)
    subscriptions.set_profile(member=member, form=form, size=100_000)
    print(len(run.write_now(member).raw))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=20)
    options = parser.parse_args()
    columns = ("words", "ours", "limit", "with HTML", "plain digest", "MIME digest", "text+HTML")
    print(f"bytes of one issue of {options.posts} posts; limit: 1.10 x words + 1,500")
    print("    " + "".join(f"{name:>14}" for name in columns))
    is_within = True
    with rig.site() as environment:
        for language in SENTENCES:
            posts = posts_of(language, options.posts)
            words = words_of(posts)
            plain, html = ours(environment, language, posts)
            limit = int(1.10 * words + 1500)
            others = [make(posts) for make in (plain_digest, mime_digest, html_digest)]
            print(f"{language:<4}" + "".join(f"{number:>14,}" for number in (words, plain, limit, html, *others)))
            is_within = is_within and plain <= limit
    sys.exit(0 if is_within else 1)


if __name__ == "__main__":
    main()
