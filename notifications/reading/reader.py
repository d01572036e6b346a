"""The reading of one mail, step by step.

`read` never raises: a mail that would make it is given back as rejected and `unparsable`, and kept for a person.
"""

import dataclasses
import re

from . import align, answers, behalf, classify, commands, htmltext, introductions, lines, mime, quotes, signatures
from .result import Reading

MOST_LETTERS = 64 * 1024
MOST_LINES = 2_000
MOST_PROBED = 2_000  # lines looked at to see which form of a mail shows its quotation
STUB = 80  # letters below which a plain form may be a stub, when the HTML has eight times as many

PGP_START = "-----BEGIN PGP SIGNED MESSAGE-----"
PGP_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"
PLACEHOLDER = re.compile(
    r"(?:this (?:message|e-?mail) (?:is|requires|contains) .{0,60}html|your (?:e-?mail|mail) (?:client|"
    r"program|reader) .{0,60}html)",
    re.IGNORECASE,
)


def read(raw, *, sent="", open_items=(), closed_items=(), numbered_items=(), is_numbered=False, is_ours=False):
    """What the mail in `raw` (bytes) says, as a `Reading`.

    `sent` is the plain text of the issue or letter it answers, as sent; `open_items` and `closed_items` are item
    numbers (int or str) of the member. Without them every tagged number counts, and the numbers in `sent` are believed.
    `numbered_items`: those of them that have numbered parts, so that a bare number speaks of one of these; with
    `is_numbered` so does every number in an answer to this letter. `is_ours`: nobody else's words stand in `sent`, so
    that a command copied from it is an order.
    """
    try:
        numbered = answers.Numbered(frozenset(_codes(numbered_items)), is_numbered)
        return _read(bytes(raw), sent or "", _codes(open_items), _codes(closed_items), is_ours, numbered)
    except (ValueError, LookupError, TypeError, ArithmeticError, RuntimeError, AttributeError, MemoryError) as error:
        return Reading(klass="reject", why=f"{type(error).__name__}", problems=["unparsable"])


def _codes(items):
    return {str(int(item)): None for item in items}.keys()


def _read(raw, sent, open_items, closed_items, is_ours, numbered):
    mail = mime.parse(raw)
    reading = Reading(
        subject=mail.subject,
        from_address=mail.from_address,
        from_name=mail.from_name,
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        date=mail.date,
        problems=list(mail.problems),
    )
    reading.klass, reading.why, reading.failures = classify.classify(mail, is_awaited=bool(sent.strip()))
    if reading.klass == "reject":
        reading.note("unparsable")
    if reading.klass != "accept":
        return reading
    if classify.is_encrypted(mail):
        reading.note("encrypted")
        return reading
    known = align.Known(sent) if sent.strip() else None
    open_items = set(open_items)
    if known and not open_items and not closed_items:
        open_items = set(known.codes)
    rows, files = _rows(mail, known)
    if is_ours:
        _take_copied_commands(rows, sent)
    if len(rows) >= lines.MOST_ROWS:
        reading.note("too_long")
    if any(body.plain and len(body.plain.body) > mime.MOST_TEXT * 1.4 for body in mail.bodies()):
        reading.note("too_long")
    _cut(reading, rows)
    signatures.mark(rows, reading.from_name, reading.from_address)
    for line in rows:
        if line.kind == "new" and line.head.startswith(PGP_MESSAGE):
            reading.note("encrypted")
            return reading
    behalf.mark(rows, reading.from_name)
    reading.lines = rows
    kept = [dataclasses.replace(line) for line in rows]
    owners = answers.assign(reading, rows, open_items=open_items, closed_items=set(closed_items), numbered=numbered)
    _reply(reading, rows, kept)
    _place_files(reading, rows, files, owners)
    _name_emptiness(reading, mail)
    return reading


def _rows(mail, known):
    """(lines with their kinds, [(index of the line before it, File)]) of the whole mail."""
    rows, files = [], []
    for item in mail.content:
        if isinstance(item, mime.Body):
            rows += _body_lines(item, known)[: lines.MOST_ROWS - len(rows)]
        else:
            files.append((len(rows), mime.as_file(item)))
    before = [file_at for file_at, _file in files]
    for index, line in enumerate(rows):
        line.offset = index
    rows = quotes.mark(rows, known, _partners(mail))
    return rows, list(zip(before, [file for _at, file in files], strict=True))


def _take_copied_commands(rows, sent):
    """Commands on top of a mail that were copied word by word from our own instructions are the writer's orders.

    What `sent` returns of somebody's words is marked there, and no order.
    """
    offered = [row.strip() for row in sent[: align.MOST_SENT].split("\n") if not row.startswith(">")]
    for line in rows:
        is_order = line.kind == "known" and not line.depth and commands.recognise(line.head, first=True)
        if is_order and any(row.startswith(line.head.strip()) for row in offered):
            line.kind, line.why = "new", ""
        elif line.kind not in ("new", "blank"):
            break


def _partners(mail):
    """Addresses the mail goes to."""
    fields = " ".join(mail.header(name)[:2_000] for name in ("to", "cc"))
    return {address.casefold() for address in introductions.ADDRESS.findall(fields)}


def _body_lines(body, known):
    """Lines of one stretch of text; the plain form unless it says nothing or hides what the HTML marks as quoted."""
    plain = body.plain.text() if body.plain else ""
    if body.html and (PLACEHOLDER.search(plain[:400]) or _says_nothing(plain, body)):
        return htmltext.to_lines(body.html.text())
    params = body.plain.params if body.plain else {}
    rows = lines.from_plain(
        _without_pgp(plain),
        flowed=params.get("format", "").lower() == "flowed",
        delsp=params.get("delsp", "").lower() == "yes",
    )
    if body.html and not known and not any(line.depth for line in rows):
        marked = htmltext.to_lines(body.html.text())
        if any(line.depth or line.soft for line in marked) or (_quotes(marked) and not _quotes(rows)):
            return marked
    return rows


def _quotes(rows):
    """Does a quotation stand in these lines? Looks at copies of them."""
    copies = [dataclasses.replace(line) for line in rows[:MOST_PROBED]]
    return any(line.kind == "attribution" for line in quotes.mark(copies))


def _says_nothing(plain, body):
    """A plain form that is empty, a stub of the HTML, or in the wrong charset."""
    letters = len(align.squeeze(plain[:4_000]))
    if not letters:
        return True
    if plain.count("\ufffd") * 20 > len(plain):
        return True
    return letters < STUB and letters * 8 < len(align.squeeze(htmltext.to_text(body.html.text())[:40_000]))


def _without_pgp(text):
    """A clear-signed text without its armour (RFC 4880 section 7)."""
    start = text.find(PGP_START)
    if start < 0:
        return text
    head_end = text.find("\n\n", start)
    end = text.find(PGP_SIGNATURE, start)
    close = text.find("-----END PGP SIGNATURE-----", start)
    inner = text[head_end + 2 : end if end > 0 else len(text)] if head_end > 0 else text[start + len(PGP_START) :]
    inner = inner.replace("\n- ", "\n")
    return text[:start] + inner.removeprefix("- ") + (text[close + 27 :] if close > 0 else "")


def _cut(reading, rows):
    """Keep at most 64 KB and 2,000 lines of new text; a sign counts as one, in whatever script it is."""
    size = count = 0
    for line in rows:
        if line.kind != "new":
            continue
        size += len(line.text) + 1
        count += 1
        if size > MOST_LETTERS or count > MOST_LINES:
            over = size - MOST_LETTERS
            if count <= MOST_LINES and 0 < over < len(line.text):
                line.text = line.text[:-over]
                size = MOST_LETTERS
            else:
                line.kind, line.why = "cut", "beyond 64 KB or 2,000 lines"
            reading.note("too_long")


def _reply(reading, rows, kept):
    """All new lines in order, as typed; what stood between them leaves an empty line. Others' words are in `blocks`."""
    people = list(dict.fromkeys(line.person for line in rows if line.kind == "new"))
    texts = {person: _typed(rows, kept, person) for person in people}
    reading.reply = texts.get("") or None
    if any(people):
        reading.blocks = answers.by_person((person, text) for person, text in texts.items() if text)


def _typed(rows, kept, person):
    out = []
    for line, typed in zip(rows, kept, strict=True):
        if line.kind == "new" and line.person == person:
            out.append(typed.text.rstrip())
        elif out and out[-1] != "":
            out.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n \t")


def _place_files(reading, rows, files, owners):
    """A file belongs to the answer whose text stands right before it, or to the only answer of the mail; a number with
    nothing behind it but a file is an answer, too.
    """
    refused = {answer.code for answer in reading.refused}
    named = [answer.code for answer in reading.answers] + [code for codes in owners.values() for code in codes]
    codes = [code for code in dict.fromkeys(named) if code not in refused]
    answered = {answer.code for answer in reading.answers}
    wordless = [code for code in codes if code not in answered]
    for at, file in files:
        code = codes[0] if len(codes) == 1 else ""
        if len(codes) > 1 and at < len(rows):
            before = [owners.get(id(line)) for line in rows if line.offset < at and line.kind == "new"]
            last = before[-1] if before else None
            code = last[0] if last and last[0] in codes else ""
        elif len(codes) > 1 and len(wordless) == 1:
            [code] = wordless
        reading.files.append(dataclasses.replace(file, code=code))


def _name_emptiness(reading, mail):
    if reading.reply or reading.blocks or reading.commands or reading.answers or reading.refused:
        return
    if not reading.files:
        reading.note("no_answer")
    elif all(file.type.startswith("image/") for file in reading.files) and not mail.text().strip():
        reading.note("picture_only")
