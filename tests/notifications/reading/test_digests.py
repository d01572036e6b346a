# ruff: noqa: E501 (mails and tables of samples read better unbroken)
"""Answers to an issue: every way in which people write them into a reply."""

import pytest

from notifications import reading

SENT = """Digest 7 of "Market street": 4 questions for you. Answers count until Friday 8 March 2024, 18:00 UTC.
Answer by replying: write under a question, or start a line with its number, for example  #12: my answer

[#11] Should the street be closed to cars on market days?
So far: 14 yes, 9 no. Newest comment: "Deliveries must stay possible."

[#12] Should the market move to Saturday?
So far: 5 yes, 11 no.

[#13] What should happen to the parking spaces?

[#14] (closed on 1 March) Where should the bus stop go?

End of digest 7. Stop these mails: https://deliberation.example/u/abc
"""
MARKED = "".join(f"> {row}\n" if row else ">\n" for row in SENT.splitlines())
ON = "On Wed, Mar 6, 2024 at 7:00 AM Desk <reply+d7@deliberation.example> wrote:\n\n"
OUTLOOK = (
    "From: Desk <reply+d7@deliberation.example>\nSent: Wednesday, March 6, 2024 7:00 AM\nTo: Pat\nSubject: Digest 7\n\n"
)


def mail(text, *, subtype="plain", headers="", subject="Re: Digest 7"):
    head = f"From: Pat Participant <pat@example.org>\nSubject: {subject}\nMessage-ID: <1@example.org>\n{headers}"
    return f"{head}MIME-Version: 1.0\nContent-Type: text/{subtype}; charset=utf-8\n\n{text}".encode()


def read(text, *, sent=SENT, **options):
    return reading.read(mail(text, **options), sent=sent, open_items=[11, 12, 13], closed_items=[14])


def inserted(text, **answers):
    """The issue with answers written under the lines of items."""
    for code, answer in answers.items():
        row = next(row for row in text.splitlines() if f"[#{code[1:]}]" in row)
        text = text.replace(row + "\n", f"{row}\n\n{answer}\n\n", 1)
    return text


CASES = {
    "tags above a marked quote": ("#11: Yes.\n#12: No.\n\n" + ON + MARKED, {"11": "Yes.", "12": "No."}, []),
    "tags below a marked quote": (ON + MARKED + "\n#11: Yes.\n#12: No.\n", {"11": "Yes.", "12": "No."}, []),
    "tags above an unmarked quote": ("#11: Yes.\n\n" + OUTLOOK + SENT, {"11": "Yes."}, []),
    "tags with no quote at all": ("#11: Yes.\n#13 Loading bays.", {"11": "Yes.", "13": "Loading bays."}, []),
    "under the items, marked": (ON + inserted(MARKED, _11="Yes.", _13="Bays."), {"11": "Yes.", "13": "Bays."}, []),
    "under the items, unmarked": (OUTLOOK + inserted(SENT, _11="Yes.", _13="Bays."), {"11": "Yes.", "13": "Bays."}, []),
    "under the items, no attribution": (inserted(SENT, _11="Yes.", _12="No."), {"11": "Yes.", "12": "No."}, []),
    "on the line of the item": (
        ON + MARKED.replace("Saturday?", "Saturday?\nNo way"), {"12": "No way"}, [],
    ),
    "after the item on its own line, unmarked": (
        OUTLOOK + SENT.replace("to Saturday?", "to Saturday? No, never"), {"12": "No, never"}, [],
    ),
    "quote trimmed to one line": (ON + "> So far: 5 yes, 11 no.\n\nThat settles it.\n", {"12": "That settles it."}, []),
    "text before the tags": ("Thank you for the digest.\n\n#11: Yes.\n", {"11": "Yes."}, ["preamble"]),
    "words with no number": ("I like all of this.\n\n" + ON + MARKED, {}, ["unassigned"]),
    "words after the issue's end": (ON + MARKED + "\nI like all of this.\n", {}, ["unassigned"]),
    "nothing new": (ON + MARKED, {}, ["no_answer"]),
    "nothing new, unmarked": (OUTLOOK + SENT, {}, ["no_answer"]),
    "the same item twice": ("#12: No.\n#11: Yes.\n#12: Really not.\n", {"12": "No.\n\nReally not.", "11": "Yes."}, ["duplicate"]),
    "unknown and closed": ("#99: trees\n#14: school\n#11: ok\n", {"11": "ok"}, ["unknown_item", "closed"]),
    "under a closed item": (ON + inserted(MARKED, _14="At the school."), {}, ["closed"]),
    "several tags share the text": ("#11 and #12: yes\n", {"11": "yes", "12": "yes"}, []),
    "several tags, second bare": ("#11, 12: yes\n", {"11": "yes", "12": "yes"}, []),
    "tag alone on its line": ("#11\nYes, please.\n\n#12\nNo.\n", {"11": "Yes, please.", "12": "No."}, []),
    "a number inside a line is text": ("#11: see #12 and #13: both\n", {"11": "see #12 and #13: both"}, []),
    "a hash without separator is text": ("#12: because\n#1 reason is rain\n", {"12": "because\n#1 reason is rain"}, []),
    "bare numbers": ("11: yes\n12: no\n", {"11": "yes", "12": "no"}, []),
    "bare numbers with a dot": ("11. yes\n12. no\n", {"11": "yes", "12": "no"}, []),
    "one bare number is text": ("11: yes\n", {}, ["unassigned"]),
    "one bare number beside a tag": ("#12: no\n11: yes\n", {"12": "no", "11": "yes"}, []),
    "a bare number that is no item": ("11: yes\n12: no\n20: maybe\n", {}, ["unassigned"]),
    "a time is no bare number": ("#12: no\n11:30 is better\n", {"12": "no\n11:30 is better"}, []),
    "a list inside": ("#12: No:\n1. rain\n2. buses\n", {"12": "No:\n1. rain\n2. buses"}, []),
    "fullwidth": ("＃１１：同意\n", {"11": "同意"}, []),
    "numero sign": ("№ 11: да\n№ 12 нет\n", {"11": "да", "12": "нет"}, []),
    "n degree": ("n° 11 : oui\nN° 12 non\n", {"11": "oui", "12": "non"}, []),
    "Chinese ordinal": ("第11题：同意\n第12题 反对\n", {"11": "同意", "12": "反对"}, []),
    "Arabic-Indic digits": ("\u200f#١١: نعم\n\u200f#١٢: لا\n", {"11": "نعم", "12": "لا"}, []),
    "Persian digits": ("#۱۱: بله\n", {"11": "بله"}, []),
    "bold and bullets": ("- **#11:** yes\n• [#12] no\n", {"11": "yes", "12": "no"}, []),
    "a closing at the end": ("#12: No.\n\nKind regards,\nPat Participant\n", {"12": "No."}, []),
    "the writer's name at the end": ("#12: No.\n\nPat\n", {"12": "No."}, []),
    "a word that is also a closing": ("#12: Thanks\n", {"12": "Thanks"}, []),
    "a signature": ("#12: No.\n\n-- \nPat\nHill Road 12\n", {"12": "No."}, []),
    "the line of a phone": ("#12: No.\n\nSent from my Galaxy\n\n" + ON + MARKED, {"12": "No."}, []),
    "a disclaimer": ("#12: No.\n\nThis e-mail is confidential and intended for the addressee.\nDelete it.\n", {"12": "No."}, []),
    "two closings, and a card": (
        "#12: 不行。\n\n此致\n敬礼\n\nPat\n规划科科长\n电话：010-5555-0118\n", {"12": "不行。"}, [],
    ),
    "two closings in one, and a card": (
        "#12: Nein.\n\nBesten Dank und Gruß\nPat Participant\nLeiter Planung\nStadt Hügel, Rathausplatz 1\nTelefon: +49 30 55501\nwww.huegel.example\n",
        {"12": "Nein."}, [],
    ),
    "thanks, and words after them": ("#12: No.\nThanks\nThe buses are full on Saturdays.\n", {"12": "No.\nThanks\nThe buses are full on Saturdays."}, []),
    "an arrow after the item on its own line": (
        OUTLOOK + SENT.replace("to Saturday?", "to Saturday? -> never"), {"12": "never"}, [],
    ),
    "somebody cited inside an answer": (
        "#12: My neighbour says:\n> Saturday is the best day.\nI do not agree.\n#13: Bays.\n\n" + ON + MARKED,
        {"12": "My neighbour says:\nI do not agree.", "13": "Bays."}, [],
    ),
    "the item cited inside an answer": (
        '#11: I read:\n"Deliveries must stay possible."\nWell said.\n#12: No.\n\n' + ON + MARKED,
        {"11": 'I read:\n"Deliveries must stay possible."\nWell said.', "12": "No."}, [],
    ),
    "a vote": ("#11: B\n#12: 3>1>2\n", {"11": "B", "12": "3>1>2"}, []),
    "paragraphs": ("#12: One.\n\nTwo.\n\nThree.\n", {"12": "One.\n\nTwo.\n\nThree."}, []),
    "an emphasised dash": ("#11 - yes\n#12 — no\n", {"11": "yes", "12": "no"}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_answer_is_read_as_it_was_meant(case):
    text, answers, problems = CASES[case]

    result = read(text)

    assert {answer.code: answer.text for answer in result.answers} == answers
    assert result.problems == problems
    assert result.klass == "accept"


def test_one_open_item_needs_no_number():
    result = reading.read(mail("Blue and white.\n\n" + ON + MARKED), sent=SENT, open_items=[15], closed_items=[14])

    assert [(answer.code, answer.text) for answer in result.answers] == [("15", "Blue and white.")]
    assert result.problems == []


def test_text_that_was_refused_is_kept_for_the_sender():
    result = read("#99: more trees\n#14: next to the school\n")

    assert [(answer.code, answer.text, answer.problem) for answer in result.refused] == [
        ("99", "more trees", "unknown_item"),
        ("14", "next to the school", "closed"),
    ]


def test_a_greeting_before_the_answers_is_told_from_words():
    greeting, words = read("Dear all,\n\n#11: yes\n"), read("Dear all,\nI am for cars.\n\n#11: yes\n")

    assert (greeting.is_greeting, greeting.unassigned) == (True, "Dear all,")
    assert (words.is_greeting, words.problems) == (False, ["preamble"])


def test_items_are_believed_from_the_issue_when_nobody_names_them():
    result = reading.read(mail("#11: yes\n#77: no"), sent=SENT)

    assert [answer.code for answer in result.answers] == ["11"]
    assert result.problems == ["unknown_item"]


def test_a_reply_to_a_letter_is_its_new_text():
    result = reading.read(mail("I agree.\n\n" + ON + "> What do you think?\n"))

    assert result.reply == "I agree."
    assert result.answers == []
    assert result.problems == []


def test_long_text_is_cut_and_the_sender_told():
    result = read("#11: start\n" + "more words here\n" * 3_000)

    assert result.problems == ["too_long"]
    assert result.reply.count("\n") < 2_000
    assert len(result.reply.encode()) <= 64 * 1024


@pytest.mark.parametrize(
    ("line", "verb", "argument"),
    [
        ("HELP", "HELP", ""), ("AIDE", "HELP", ""), ("ПОМОЩЬ", "HELP", ""), ("帮助", "HELP", ""), ("مساعدة", "HELP", ""),
        ("AYUDA", "HELP", ""), ("STATUS", "STATUS", ""), ("GET 312", "GET", "312"), ("GET 312 THREAD", "GET", "312 THREAD"),
        ("GET F3 PART 2", "GET", "F3 PART 2"), ("GET F3 SMALL", "GET", "F3 SMALL"), ("MISSING 42-43", "MISSING", "42-43"),
        ("FIND water law", "FIND", "water law"), ("SET WEEKLY", "SET", "WEEKLY"), ("SET SIZE 20K", "SET", "SIZE 20k"),
        ("SET HOUR 6", "SET", "HOUR 6"), ("SET LANGUAGE fr", "SET", "LANGUAGE fr"), ("SET TEXT", "SET", "TEXT"),
        ("PAUSE 3 WEEKS", "PAUSE", "3 WEEKS"), ("PAUSE 3 SEMAINES", "PAUSE", "3 WEEKS"), ("ПАУЗА 3 НЕДЕЛИ", "PAUSE", "3 WEEKS"),
        ("暂停 3 周", "PAUSE", "3 WEEKS"), ("RESUME", "RESUME", ""), ("STOP", "STOP", ""), ("LIST", "LIST", ""),
        ("JOIN water", "JOIN", "water"), ("LEAVE water", "LEAVE", "water"), ("UNIRSE agua", "JOIN", "agua"), ("加入 水", "JOIN", "水"),
        ("GET ٣١٢", "GET", "312"), ("أرسل ٣١٢", "GET", "312"), ("获取312 讨论", "GET", "312 THREAD"), ("暂停3周", "PAUSE", "3 WEEKS"),
        ("GET Ｆ３ PART ２-４", "GET", "F3 PART 2-4"), ("GET f3 TEXT PART 2", "GET", "F3 TEXT PART 2"), ("ДАЙ Ф3", "GET", "F3"),
        ("GET P812 THREAD 21-40", "GET", "P812 THREAD 21-40"), ("MISSING 42 bis 43", "MISSING", "42-43"), ("HILFE", "HELP", ""),
        ("SETZE GRÖSSE 20K", "SET", "SIZE 20k"), ("SET WEEKLY plenary", "SET", "WEEKLY plenary"), ("REVOKE", "REVOKE", ""),
    ],
)  # fmt: skip
def test_a_command_is_recognised_in_line_and_subject(line, verb, argument):
    in_line, in_subject = reading.read(mail(line + "\n")), reading.read(mail("\n", subject=line))

    assert [(command.verb, command.argument) for command in in_line.commands] == [(verb, argument)]
    assert in_line.commands == in_subject.commands
    assert "no_answer" not in in_line.problems


@pytest.mark.parametrize(
    "line",
    ["Stop the cars now", "Find a better street", "List of reasons", "Help!! us with this", "Get 3 more benches"],
)
def test_a_sentence_is_no_command(line):
    result = read(f"#11: yes\n{line}\n")

    assert result.commands == []
    assert line in result.answers[0].text


def test_a_command_copied_from_our_instructions_is_an_order_and_from_anything_else_is_none():
    sent = "Welcome to the market.\n\nSET LANGUAGE fr\nSET WEEKLY\n\n> SET MONTHLY\n\nQuestions? Write to the desk.\n"
    head = b"From: pat@example.org\nSubject: Re: Welcome\n\n"
    quoted = b"\n\nFrom: Desk <desk@example.org>\nSent: Monday\nTo: Pat\nSubject: Welcome\n\n" + sent.encode()

    def ordered(body, *, is_ours=True):
        return [command.argument for command in reading.read(head + body, sent=sent, is_ours=is_ours).commands]

    assert ordered(b"SET LANGUAGE fr" + quoted) == ["LANGUAGE fr"]
    assert ordered(b"SET LANGUAGE fr\n") == ["LANGUAGE fr"]
    assert ordered(b"SET LANGUAGE fr" + quoted, is_ours=False) == []
    assert ordered(sent.encode()) == []
    assert ordered(b"SET MONTHLY\n" + quoted) == []
