"""The MIME step: old and wrong charsets, broken headers, parts in every disorder."""

import base64
import datetime

import hypothesis
import pytest
from hypothesis import strategies as st

from notifications import reading
from notifications.reading import charsets, headers, mime, wrapped

TEXTS = {
    "gb2312": "各位同事，我认为市场街应当在集市日禁止汽车通行，但要留出送货的通道。",
    "big5": "各位同事，我認為市場街應當在集市日禁止汽車通行，但要留出送貨的通道。",
    "iso-2022-jp": "市場通りは市の日に車両通行止めにすべきだと思います。",
    "shift_jis": "市場通りは市の日に車両通行止めにすべきだと思います。",
    "euc-jp": "市場通りは市の日に車両通行止めにすべきだと思います。",
    "euc-kr": "시장 거리는 장날에 자동차 통행을 금지해야 한다고 생각합니다.",
    "koi8-r": "Я считаю, что улицу нужно закрывать для машин только в рыночные дни.",
    "windows-1251": "Я считаю, что улицу нужно закрывать для машин только в рыночные дни.",
    "iso-8859-5": "Я считаю, что улицу нужно закрывать для машин только в рыночные дни.",
    "windows-1256": "أعتقد أنه يجب إغلاق الشارع أمام السيارات في أيام السوق فقط.",
    "iso-8859-7": "Πιστεύω ότι ο δρόμος πρέπει να κλείνει για τα αυτοκίνητα μόνο τις ημέρες αγοράς.",
    "windows-1252": "Ich glaube, die Straße müsste an Markttagen für Autos gesperrt werden – „immer“.",
    "utf-8": "Je crois qu'il faut fermer la rue – 我同意 – да – نعم",
}


@pytest.mark.parametrize("charset", TEXTS)
def test_a_declared_charset_is_read(charset):
    assert charsets.decode(TEXTS[charset].encode(charset), charset) == TEXTS[charset]


@pytest.mark.parametrize(
    "declared", ["", "us-ascii", "unknown-8bit", "iso-8859-1", "x-user-defined", "punycode", "zlib", "utf-8"]
)
@pytest.mark.parametrize("charset", [name for name in TEXTS if name != "iso-8859-5"])
def test_a_wrong_or_missing_charset_is_overruled_by_the_bytes(charset, declared):
    assert charsets.decode(TEXTS[charset].encode(charset), declared) == TEXTS[charset]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
        (b"=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"),
        (b"=?gb2312?B?zOG9uw==?=", "提交"),
        (b"=?koi8-r?B?8NLJ18XU?=", "Привет"),
        (b"=?iso-2022-jp?B?GyRCO1Q+bBsoQg==?=", "市場"),
        (b"Re: =?utf-8?q?a?=\t=?utf-8?q?b?= c", "Re: ab c"),
        (b'"=?utf-8?q?Z=C3=BCrich?="', '"Zürich"'),
        (b"=?nonsense?q?caf=C3=A9?=", "café"),
        (b"=?utf-8?q?two words?=", "two words"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        ("Привет всем участникам".encode("koi8-r"), "Привет всем участникам"),
        (b"=?utf-8?q?broken", "=?utf-8?q?broken"),
        (b"a\x0b\x0cb", "a b"),
    ],
)
def test_header_text_is_decoded_however_broken(value, text):
    assert headers.text(value) == text


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        (b"Pat Participant <Pat@Example.org>", "Pat Participant", "pat@example.org"),
        (b'"Doe, Pat" <pat@example.org>', "Doe, Pat", "pat@example.org"),
        (b"pat@example.org (Pat Doe)", "Pat Doe", "pat@example.org"),
        (b"pat@example.org", "", "pat@example.org"),
        (b"=?utf-8?q?M=C3=BCller=2C_Ana?= <ana@example.org>", "Müller, Ana", "ana@example.org"),
        (b"=?utf-8?q?x_=3Cevil=40example=2Enet=3E?= <ana@example.org>", "x <evil@example.net>", "ana@example.org"),
        (b"<pat@example.org>, <other@example.org>", "", "pat@example.org"),
        (b"nobody", "nobody", ""),
        (b"", "", ""),
    ],
)
def test_an_address_is_told_from_its_name(value, name, address):
    assert headers.address(value) == (name, address)


@pytest.mark.parametrize(
    ("value", "filename"),
    [
        (b"attachment; filename=plan.pdf", "plan.pdf"),
        (b'attachment; filename="my plan.pdf"', "my plan.pdf"),
        (b"attachment; filename*=utf-8''pl%C3%A4ne.pdf", "pläne.pdf"),
        (b"attachment; filename*0*=utf-8''pl%C3%A4; filename*1=ne.pdf", "pläne.pdf"),
        (b'attachment; filename="=?utf-8?q?pl=C3=A4ne=2Epdf?="', "pläne.pdf"),
        (b"attachment; filename=my plan.pdf", "my plan.pdf"),
    ],
)
def test_a_file_name_is_read_in_every_form(value, filename):
    assert headers.parameters(value)[1]["filename"] == filename


def test_dates_are_aware_or_none():
    assert headers.date(b"Thu, 7 Mar 2024 09:30:00 +0100") == datetime.datetime(2024, 3, 7, 8, 30, tzinfo=datetime.UTC)
    assert headers.date(b"Thu, 7 Mar 2024 09:30:00") == datetime.datetime(2024, 3, 7, 9, 30, tzinfo=datetime.UTC)
    assert headers.date(b"soon") is None


def test_a_mail_store_line_and_missing_blank_line_do_no_harm():
    mail = mime.parse(b"From pat Thu Mar  7\nFrom: pat@example.org\nSubject: x\nHello there\n")

    assert (mail.subject, mail.text()) == ("x", "Hello there")


def test_a_multipart_without_its_end_or_its_boundary_is_read():
    no_end = mime.parse(b"From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHello")
    no_boundary = mime.parse(
        b"From: a@b.c\nContent-Type: multipart/mixed\n\n--abcdefgh\nContent-Type: text/plain\n\nHello\n--abcdefgh--\n"
    )
    neither = mime.parse(b"From: a@b.c\nContent-Type: multipart/mixed; boundary=zz\n\nHello")

    assert [mail.text() for mail in (no_end, no_boundary, neither)] == ["Hello"] * 3


def test_words_declared_as_base64_are_words():
    head = b"From: a@b.c\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"

    assert (
        mime.parse(head + b"The bridge is old,\nand so is the road.\n").text()
        == "The bridge is old,\nand so is the road."
    )
    assert mime.parse(head + b"stuff").text() == "stuff"
    assert mime.parse(head + b"VGhlIGJyaWRnZSBp\ncyBvbGQu\n").text() == "The bridge is old."


def test_words_below_a_text_in_base64_stay_words():
    head = b"From: a@b.c\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    body = base64.encodebytes("Die Brücke ist alt.".encode())

    mail = mime.parse(head + body + b"______\nstaff mailing list\nstaff@lists.example\n")
    noisy = mime.parse(head + body[:8] + b"\n!*~\n" + body[8:])

    assert mail.text().startswith("Die Brücke ist alt.\n______\nstaff")
    assert noisy.text() == "Die Brücke ist alt."


UU = b"begin 644 cat.txt\n#0V%T\n`\nend\n"
YENC = b"=ybegin line=128 size=3 name=cat.txt\n\x6d\x8b\x9e\n=yend size=3\n"


@pytest.mark.parametrize("block", [UU, YENC])
def test_a_file_amid_the_words_is_a_file(block):
    result = reading.read(b"From: a@b.c\nSubject: x\n\n#11: yes\n\n" + block + b"and more\n", open_items=[11])

    assert [(answer.code, answer.text) for answer in result.answers] == [("11", "yes\n\nand more")]
    assert [(file.name, file.data, file.code) for file in result.files] == [("cat.txt", b"Cat", "11")]


@pytest.mark.parametrize("text", ["begin 644 cat\nwith words", "begin 644 x\n#0V%T\nno end", "=ybegin name=x\nno end"])
def test_what_only_begins_like_a_file_stays_text(text):
    result = reading.read(f"From: a@b.c\nSubject: x\n\n{text}\n".encode())

    assert (result.reply, result.files) == (text, [])


def test_enriched_text_is_read_without_its_signs():
    mail = mime.parse(b"From: a@b.c\nContent-Type: text/enriched\n\n<bold>Yes</bold>, if a << b.\n")

    assert mail.text() == "Yes, if a < b."


def test_an_encrypted_file_is_known_by_its_name():
    head = b"From: a@b.c\nSubject: x\nContent-Type: application/octet-stream; name=smime.p7m\n"

    assert reading.read(head + b"Content-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CAMIAC\n").problems == [
        "encrypted"
    ]


@pytest.mark.parametrize("declared", ["koi8-r", "windows-1251", "windows-1256", "iso-8859-2"])
def test_text_in_utf_8_is_told_whatever_single_bytes_are_declared(declared):
    for text in (TEXTS["utf-8"], TEXTS["koi8-r"], TEXTS["windows-1256"]):
        assert charsets.decode(text.encode(), declared) == text


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_the_order_of_two_bytes_is_told_by_the_text(codec):
    for text in (TEXTS["koi8-r"], "The bridge is old."):
        assert charsets.decode(text.encode(codec), "utf-16") == text


def test_a_short_word_with_both_kinds_of_letters_is_latin():
    assert charsets.decode("Été 2026".encode("latin-1")) == "Été 2026"
    assert charsets.decode("Да, нет".encode("koi8-r")) == "Да, нет"


def test_html_becomes_text_with_its_quotes_marked():
    mail = mime.parse(
        b"From: a@b.c\nContent-Type: text/html\n\n<p>One &amp; two</p><ul><li>a</li><li>b</li></ul>"
        b"<script>x</script><blockquote><p>old</p></blockquote><p>See <a href='https://example.org/x'>this</a></p>"
    )

    assert mail.text() == "One & two\n\n- a\n- b\n\n> old\n>\nSee this <https://example.org/x>".replace(
        ">\nSee", "> \nSee"
    )


def der(tag, *pieces):
    body = b"".join(pieces)
    size = bytes([len(body)]) if len(body) < 128 else b"\x82" + len(body).to_bytes(2, "big")
    return bytes([tag]) + size + body


def signature(*content):
    signed, data = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
    return der(0x30, signed, der(0xA0, der(0x30, b"\x02\x01\x01", der(0x31), der(0x30, data, der(0xA0, *content)))))


ENTITY = b"Content-Type: text/plain; charset=utf-8\r\n\r\n#11: yes, and sign it\r\n"


@pytest.mark.parametrize(
    "data",
    [signature(der(0x04, ENTITY)), signature(der(0x24, der(0x04, ENTITY[:30]), der(0x04, ENTITY[30:])))],
)
def test_words_inside_an_smime_signature_are_read(data):
    head = b"From: a@b.c\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"

    result = reading.read(head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(data), open_items=[11])

    assert [(answer.code, answer.text) for answer in result.answers] == [("11", "yes, and sign it")]
    assert result.problems == []


def winmail(text, kind=0x800C):
    value = text.encode("cp1252") + b"\0"
    attribute = b"\x01" + kind.to_bytes(2, "little") + b"\x02\x00" + len(value).to_bytes(4, "little") + value + b"\0\0"
    return bytes.fromhex("789f3e220100") + attribute


def test_words_that_stand_in_a_winmail_dat_alone_are_read():
    head = b"From: a@b.c\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"

    result = reading.read(head + base64.encodebytes(winmail("#11: oui, très bien")), open_items=[11])

    assert [(answer.code, answer.text) for answer in result.answers] == [("11", "oui, très bien")]
    assert [file.name for file in result.files] == ["winmail.dat"]


@hypothesis.settings(deadline=None, max_examples=100)
@hypothesis.given(st.binary(max_size=400), st.integers(0, 300))
def test_broken_wrappings_are_left_as_files(noise, at):
    for whole in (signature(der(0x24, der(0x04, ENTITY))), winmail("words")):
        data = whole[:at] + noise + whole[at:]

        assert isinstance(wrapped.signed_content(data), bytes | None)
        assert isinstance(wrapped.outlook_text(data), tuple | None)
