"""Letters: what a mail looks like on the wire, whoever wrote it and in whatever script."""

import re
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import addresses, letters, wire, wrapping
from notifications.models import Letter

CHINESE = "山区水源的测量应当公开，每年至少两次，由当地居民和专家共同完成。" * 4


def parsed(letter):
    return message_from_bytes(bytes(letter.raw), policy=policy.default)


def test_a_letter_can_be_answered_and_names_itself(world):
    letter = letters.compose(
        member=world.dora,
        subject="Who measures the springs?",
        text="We do, twice a year.",
        kind=Letter.Kind.POST,
        about=world.answer.reference,
        workspace=world.workspace,
        sender_name="Bob",
    )

    mail = parsed(letter)
    assert mail["From"].addresses[0].display_name == "Bob via Plenary"
    assert (
        mail["From"].addresses[0].addr_spec == addresses.reply(letter.code) == mail["Reply-To"].addresses[0].addr_spec
    )
    assert addresses.parse(str(mail["Reply-To"])).code == letter.code
    assert addresses.parse(letter.sender) == addresses.Address("bounce", code=letter.code)
    assert mail["Message-ID"] == letter.message_id
    assert mail["List-Id"] == "Plenary <plenary.reply.example.org>"
    assert mail["List-Post"] == "<mailto:plenary@reply.example.org>"
    assert re.fullmatch(r"<mailto:plenary\+none@\S+>, <http://\S+/mail/stop/\w+/>", mail["List-Unsubscribe"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "list"
    assert mail[letters.LOOP_HEADER] == "reply.example.org"
    assert letters.text_of(letter) == "We do, twice a year.\n"


def test_one_cause_makes_one_letter(world):
    first = letters.compose(member=world.dora, subject="Once", text="One", key="cause:1")

    again = letters.compose(member=world.dora, subject="Twice", text="Two", key="cause:1")

    assert again.pk == first.pk
    assert Letter.objects.filter(key="cause:1").count() == 1


@pytest.mark.parametrize(
    "evil", ["Hi\r\nBcc: all@example.org", "Hi\nX: y", "Hi\u2028Bcc: x", "Hi\x0bBcc: x", "=?utf-8?q?Hi=0D=0ABcc:_x?="]
)
def test_no_name_or_subject_starts_another_header(world, evil):
    world.dora.name = evil
    letter = letters.compose(member=world.dora, subject=evil, text="Hello", sender_name=evil, in_reply_to=f"<{evil}>")

    head = bytes(letter.raw).partition(b"\r\n\r\n")[0]
    assert not re.search(rb"^(bcc|x):", head, re.IGNORECASE | re.MULTILINE)
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert head.isascii()
    assert parsed(letter)["Bcc"] is None


@given(st.text(max_size=300))
def test_a_subject_in_any_script_comes_back_as_it_was(subject):
    line = wire.text_header("Subject", subject)

    read = message_from_bytes(line.encode("ascii") + b"\r\n", policy=policy.default)["Subject"]
    assert all(len(part) <= 78 or " " not in part.strip() for part in line.split("\r\n"))
    assert " ".join(str(read).split()) == " ".join(wire.clean_line(subject, 400).split())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Plain", "7bit"), ("Où ?", "8bit"), ("نعم", "8bit"), ("x" * 1200, "quoted-printable"), ("水" * 500, "base64")],
)
def test_the_smallest_encoding_is_chosen(text, encoding):
    raw = wire.message([], text=text, boundary="b")

    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Content-Transfer-Encoding"] == encoding
    assert mail.get_content().rstrip("\n") == text


def test_a_server_that_takes_only_seven_bits_gets_the_same_text():
    raw = wire.message(["Subject: x\r\n"], text="Où ?\nLà.", html="<p>Où ?</p>", boundary="b")

    mail = message_from_bytes(wire.seven_bit(raw), policy=policy.default)
    assert wire.seven_bit(raw).isascii()
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Où ?", "Là."]
    assert mail.get_body(("html",)).get_content() == "<p>Où ?</p>"


@pytest.mark.parametrize("text", [CHINESE, "Who measures the springs? " * 9, "من يقيس الينابيع؟ " * 12])
def test_lines_take_at_most_66_columns(text):
    lines = wrapping.wrap(text)

    assert all(wrapping.columns(line) <= 66 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrapping_never_puts_a_tag_or_a_quotation_mark_at_the_start_of_a_line():
    text = "word " * 12 + "#312: yes " + "word " * 11 + "> quoted " + "word " * 11 + "[#313] again"

    assert not any(line.startswith(("#", ">", "[#")) for line in wrapping.wrap(text))


@pytest.mark.parametrize(
    "typed",
    [
        "GET 312 THREAD 21-40",
        "\u2068GET F3 PART 2-11\u2069",
        "SET LANGUAGE fr",
        "PAUSE 3 WEEKS",
        "JOIN plenary",
        "FIND spring water",
        "MISSING 42-43",
        "OUI ADD",
        "cat F3-14k.pdf.* > F3.pdf",
        " #312: my answer ",
    ],
)
def test_what_people_are_told_to_type_stands_on_one_line(typed):
    for before in range(40, 66):
        lines = wrapping.wrap("ب" * before + f" so {typed} " + "word " * 9)

        assert any(typed.strip() in line for line in lines)
        assert all(wrapping.columns(line) <= 66 or " " not in line for line in lines)


@pytest.mark.parametrize("tag", ["#312：同意", "＃312：同意", "（#312）同意", "  #312: 同意", "[#312] 同意"])
@pytest.mark.parametrize("before", range(28, 34))
def test_chinese_lines_break_anywhere_but_before_a_tag(before, tag):
    lines = wrapping.wrap("水" * before + tag + "水" * 9)

    assert len(lines) == 2
    assert lines[1].lstrip()[0] in "水同意"


def test_chinese_lines_do_not_start_with_a_full_stop():
    assert not any(line[0] in "，。" for line in wrapping.wrap(CHINESE))


@pytest.mark.parametrize("typed", ["STOP.", "\u2068GET 312 THREAD\u2069", " JOIN plenary", "  GET F3 TEXT"])
def test_what_people_may_type_never_stands_alone_on_the_last_line(typed):
    for before in range(1, 66):
        lines = wrapping.wrap("word " * 9 + "x" * before + f" so {typed}")

        assert lines[-1].strip() != typed.strip()


def test_the_lines_of_a_list_are_set_in_below_its_dash():
    listed = "- To a digest: begin a line with the number of the item and then write your answer"
    inner = "  A line below it is set in as far, wherever it breaks, and so is what follows it."

    assert wrapping.wrap_text(f"{listed}\n{inner}") == (
        "- To a digest: begin a line with the number of the item and then\n  write your answer\n"
        "  A line below it is set in as far, wherever it breaks, and so is\n  what follows it."
    )


def test_what_stands_beside_a_first_column_is_wrapped_beside_it():
    wrapped = wrapping.wrap_text("  SET DAILY     or WEEKLY, MONTHLY, EACH, NONE: how often mail from here comes")

    assert wrapped == "  SET DAILY     or WEEKLY, MONTHLY, EACH, NONE: how often mail\n                from here comes"
