# ruff: noqa: E501 (mails and tables of samples read better unbroken)
"""What must hold for any mail: how a program wraps, encodes or quotes changes nothing, and no bytes make the reader fail."""

import base64
import quopri
import re
import textwrap

import hypothesis
from hypothesis import strategies as st

from notifications import reading
from notifications.reading import mime

from . import clients
from .test_digests import SENT
from .test_samples import SAMPLES

WORDS = st.lists(
    st.sampled_from("the river rises each spring and our bridge is old нет мост старый pont vieux Brücke الجسر قديم".split()),
    min_size=3, max_size=40,
).map(" ".join)  # fmt: skip
ANSWERS = st.dictionaries(st.sampled_from(["11", "12", "13"]), WORDS, min_size=1)
ATTRIBUTION = "On Wed, Mar 6, 2024 at 7:00 AM Desk <desk@deliberation.example> wrote:"
calm = hypothesis.settings(deadline=None, max_examples=60, suppress_health_check=[hypothesis.HealthCheck.too_slow])


def marked(text, width, mark):
    rows = [row for line in text.splitlines() for row in (textwrap.wrap(line, width, break_long_words=False) or [""])]
    return "\n".join((mark + row).rstrip() for row in rows)


def under_items(answers, width, mark):
    """The issue wrapped and marked again, with each answer under its item."""
    out = []
    for block in SENT.strip().split("\n\n"):
        out.append(marked(block, width, mark))
        for code, text in answers.items():
            if f"[#{code}]" in block:
                out.append(text)
    return "\n\n".join(out)


def raw(text, encoding="8bit", charset="utf-8", flowed=False):
    data = text.encode(charset, "replace")
    data = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(data)
    kind = f"text/plain; charset={charset}" + ("; format=flowed" if flowed else "")
    head = f"From: Pat <pat@example.org>\nMessage-ID: <1@x>\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + data


def answers_in(data):
    result = reading.read(data, sent=SENT, open_items=[11, 12, 13], closed_items=[14])
    return {answer.code: answer.text.split() for answer in result.answers}


@calm
@hypothesis.given(ANSWERS, st.integers(40, 100), st.sampled_from(["> ", ">", ""]))
def test_wrapping_and_marks_of_the_quote_change_nothing(answers, width, mark):
    text = f"{ATTRIBUTION}\n\n{under_items(answers, width, mark)}"

    assert answers_in(raw(text)) == {code: words.split() for code, words in answers.items()}


@calm
@hypothesis.given(
    ANSWERS, st.sampled_from(["8bit", "base64", "quoted-printable"]), st.sampled_from(["utf-8", "utf-16", "utf-7"])
)
def test_encoding_changes_nothing(answers, encoding, charset):
    text = "\n".join(f"#{code}: {words}" for code, words in answers.items())
    hypothesis.assume(charset != "utf-16" or encoding == "base64")

    assert answers_in(raw(text, encoding, charset)) == {code: words.split() for code, words in answers.items()}


@calm
@hypothesis.given(ANSWERS, st.integers(20, 60))
def test_flowed_lines_are_joined(answers, width):
    text = "\n".join(f"#{code}: " + " \n".join(textwrap.wrap(words, width)) for code, words in answers.items())

    result = reading.read(raw(text, flowed=True), open_items=[11, 12, 13])

    assert {answer.code: answer.text for answer in result.answers} == answers


QUOTED = [sample for sample in SAMPLES if sample.is_marked]
BELOW = st.sampled_from([
    "", "-- \nRobin Roe\n+41 22 555 00 00\n", "Sent from my iPhone\n", "Envoyé de mon iPhone\n", "Отправлено с iPhone\n", "发自我的iPhone\n",
    "This e-mail and any files with it are confidential and intended solely for the addressee. If you have received it in error, delete it.\n",
])  # fmt: skip


def said(text):
    return re.findall(r"\w+", text or "")


@calm
@hypothesis.given(
    st.sampled_from(QUOTED),
    st.sampled_from(["> ", ">", ">> ", "> > ", "\uff1e"]),
    st.sampled_from(["8bit", "base64", "quoted-printable"]),
    BELOW,
)
def test_whatever_the_marks_encoding_and_signature_the_writers_words_are_kept(sample, mark, encoding, below):
    quotation = "\n".join(mark + row for row in sample.quoted)
    text = "\n\n".join(sample.new)

    above_it = reading.read(raw(f"{text}\n\n{below}\n{sample.introduction}\n{quotation}\n", encoding))
    below_it = reading.read(raw(f"{sample.introduction}\n{quotation}\n\n{text}\n\n{below}", encoding))

    assert said(above_it.reply) == said(below_it.reply) == said(text)


@calm
@hypothesis.given(
    st.sampled_from(list(clients.LANGUAGES)),
    st.sampled_from(["upper", "lower", "title"]),
    st.sampled_from(["\u00a0", "  ", "\t"]),
)
def test_case_and_spaces_of_labels_change_nothing(language, case, space):
    words = clients.LANGUAGES[language]
    labels = [getattr(label, case)() for label in words.outlook]
    values = ("Pat <pat@example.org>", words.day, "Robin <robin@example.net>", "Re: 7")
    block = "\n".join(f"{label}:{space}{value}" for label, value in zip(labels, values, strict=True))

    result = reading.read(raw(f"{words.first}\n\n{block}\n\n{words.second}\n"))

    assert said(result.reply) == said(words.first)


TAGS = {
    "en": "#{n}: ",
    "fr": "n° {n} : ",
    "ar": "#{a}: ",
    "zh": "第{n}题：",
    "ru": "№ {n}: ",
    "es": "[#{n}] ",
    "de": "＃{w}：",
}


@calm
@hypothesis.given(
    st.sampled_from(list(TAGS)),
    st.lists(st.sampled_from([11, 12, 13]), min_size=1, max_size=3, unique=True),
    st.booleans(),
    BELOW,
)
def test_tags_of_every_language_and_script_of_digits_find_their_items(language, codes, share, below):
    words, arabic, wide = clients.LANGUAGES[language], "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"

    def tag(number, script):
        return "".join(script[int(digit)] for digit in str(number))

    texts = {code: words.first if index % 2 else words.second for index, code in enumerate(codes)}
    lines = [TAGS[language].format(n=code, a=tag(code, arabic), w=tag(code, wide)) + texts[code] for code in codes]
    if share and len(codes) > 1:
        lines = [f"#{codes[0]} #{codes[1]}: {words.first}"]
        texts = dict.fromkeys(codes[:2], words.first)

    result = reading.read(
        raw("\n".join(lines) + f"\n\n{below}\n{words.issue}"), sent=words.issue, open_items=[11, 12, 13]
    )

    assert {int(answer.code): answer.text for answer in result.answers} == texts


@calm
@hypothesis.given(st.binary(max_size=2_000))
def test_any_bytes_are_read(data):
    assert reading.read(data).klass in ("accept", "auto", "bounce", "reject")


FRAGMENTS = st.sampled_from([
    b"From: a@b.c\n", b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Type: text/html; charset=gb2312\n", b"--x\n", b"--x--\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Type: message/rfc822\n", b"\n", b"\n\n", b"#11: ", b"<div>", b"<blockquote>", b"</p>", b"> ",
    b"On 6 Mar 2024, a@b.c wrote:\n", b"From: x\nSent: 1\nSubject: y\n", b"=?utf-8?b?", b"?=", b"\xff\xfe", b"\x1b$B", b"Subject: ", b"filename*0*=", b"-- \n",
    b"Content-Type: text/plain; format=flowed; delsp=yes\n", b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"begin 644 x\n", b"&#xD800;", b"\xc3", b"+2AA-", b"charset=utf-7\n",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n", b"Content-Type: message/delivery-status\n", b"Status: 5.1.1\n",
])  # fmt: skip


@calm
@hypothesis.given(st.lists(st.one_of(FRAGMENTS, st.binary(max_size=12)), max_size=40).map(b"".join))
def test_broken_mails_are_read_without_the_last_resort(data):
    result = reading.read(data, sent=SENT, open_items=[11])

    assert not result.why.endswith("Error")
    assert mime.parse(data).text() is not None
    for text in (result.reply or "", result.subject, result.from_name, *(file.name for file in result.files)):
        text.encode()  # no halves of characters, which no database would take
