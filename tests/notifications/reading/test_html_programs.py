# ruff: noqa: E501 (the containers of programs read better unbroken)
"""The HTML of mail programs: each has its own container for what it quotes, tried in seven languages."""

import html

import pytest

from notifications import reading

from .test_samples import FOLDER, samples, words

HEAD = "From: Robin <robin@one.example>\nTo: Desk <desk@two.example>\nMIME-Version: 1.0\n"
PROGRAMS = {
    "gmail": '<div dir="ltr">{new}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{by}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{old}</blockquote></div>',
    "gmail inline": '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">{by}<br></div><blockquote class="gmail_quote">{old}</blockquote><div>{new}</div><blockquote class="gmail_quote">{old}</blockquote></div></div>',
    "outlook web": '<body dir="ltr"><div class="elementToProof">{new}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{labels}</font><div>&nbsp;</div></div><div>{old}</div></body>',
    "outlook web, answered again": '<body><div>{new}</div><div id="x_appendonsend"></div><hr><div id="x_divRplyFwdMsg">{labels}</div><div class="x_WordSection1">{old}</div></body>',
    "outlook signature": '<body><div>{new}</div><div id="Signature"><div>Robin Roe<br>Mill Lane 3</div></div><hr><div id="divRplyFwdMsg">{labels}</div><div>{old}</div></body>',
    "outlook 2016": '<div class=WordSection1>{new}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal>{labels}</p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>{old}</div>',
    "outlook express": '<BODY><DIV>{new}</DIV><BLOCKQUOTE style="PADDING-RIGHT: 0px; PADDING-LEFT: 5px; BORDER-LEFT: #000000 2px solid"><DIV>----- Original Message ----- </DIV>{labels}<DIV><BR></DIV>{old}</BLOCKQUOTE></BODY>',
    "outlook 2003": '<div>{new}</div><div class=OutlookMessageHeader lang=en dir=ltr align=left><hr tabindex=-1>{labels}</div>{old}',
    "outlook phone": '<body><div>{new}</div><div id="ms-outlook-mobile-signature">Outlook for Android</div><div id="mail-editor-reference-message-container"><hr><div>{labels}</div><div>{old}</div></div></body>',
    "outlook mac": '<div>{new}</div><span id="OLK_SRC_BODY_SECTION"><div style="border-top:#b5c4df 1pt solid">{labels}</div><div>{old}</div></span>',
    "yahoo": '<div class="ydpa1yahoo-style-wrap"><div dir="ltr">{new}</div></div><div id="ydpb2yahoo_quoted_12" class="ydpb2yahoo_quoted"><div style="font-size:13px"><div>{by}</div><div><br></div>{old}</div></div>',
    "apple mail": '<body style="word-wrap: break-word;"><div>{new}</div><div><br><blockquote type="cite"><div>{by}</div><br class="Apple-interchange-newline">{old}</blockquote></div></body>',
    "iphone": '<body dir="auto"><div>{new}</div><div dir="ltr"><br><blockquote type="cite">{by}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{old}</div></blockquote></body>',
    "thunderbird": '<body>{new}<div class="moz-cite-prefix">{by}<br></div><blockquote type="cite" cite="mid:1@two.example">{old}</blockquote></body>',
    "thunderbird below": '<body><div class="moz-cite-prefix">{by}<br></div><blockquote type="cite">{old}</blockquote>{new}<div class="moz-signature">-- <br>Robin Roe</div></body>',
    "proton": '<div>{new}</div><div class="protonmail_quote">{by}<br><blockquote class="protonmail_quote" type="cite">{old}</blockquote></div>',
    "zimbra": '<div>{new}</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{labels}</div><div data-marker="__QUOTED_TEXT__">{old}</div>',
    "notes": '<font size=2 face="sans-serif">{new}</font><br><br><br><table width=100%><tr valign=top><td>{labels}</td></tr></table><hr noshade>{old}',
    "gmx": '<div style="font-family: Verdana">{new}<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5"><div>{labels}</div><div name="quoted-content">{old}</div></div></div>',
    "orange": '<p>{new}</p><blockquote style="border-left: 2px solid #ff0000; margin-left: 5px"><p>&gt; {by}</p>{old}</blockquote>',
    "mail.ru": '<div>{new}</div><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">{by}<br>&nbsp;<div>{old}</div></blockquote>',
    "yandex": '<div>{new}</div><div>&nbsp;</div><div>{by}</div><blockquote>{old}</blockquote>',
    "qq": '<div>{new}</div><div><includetail><div style="font-size: 12px;background:#efefef;padding:8px;"><div>------------------&nbsp;原始邮件&nbsp;------------------</div>{labels}</div>{old}</includetail></div>',
    "163": '<div style="line-height:1.7">{new}<div id="divNeteaseMailCard"></div><pre>{by}</pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid">{old}</blockquote></div>',
    "163 phone": '<div>{new}</div><div class="ntes-mailmaster-quote"><div>{by}</div><blockquote>{old}</blockquote></div>',
    "foxmail": '<div>{new}</div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><blockquote style="margin-Top: 0px; margin-Left: 0.5em"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm">{labels}</div>{old}</blockquote>',
    "spark": '<div name="messageBodySection"><div>{new}</div></div><div name="messageReplySection">{by}<br><blockquote type="cite">{old}</blockquote></div>',
    "airmail": '<div id="bloop_customfont">{new}</div><br><p class="airmail_on">{by}</p><blockquote type="cite" class="clean_bq">{old}</blockquote>',
    "roundcube": '<p>{new}</p><p id="reply-intro">{by}</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid">{old}</blockquote>',
    "samsung": '<div>{new}</div><div id="composer_signature"><div>Galaxy</div></div><div><br></div><div align="left" dir="auto"><div>-------- Original message --------</div>{labels}</div>{old}',
    "zoho": '<div>{new}</div><div class="zmail_extra"><div>{by}</div><blockquote>{old}</blockquote></div>',
}  # fmt: skip
LABELS = ("From", "Sent", "To", "Subject")


def rows(texts):
    return "".join(f"<div>{html.escape(text)}</div>" for text in texts)


def mail(template, sample, labels):
    values = ("Pat Doe <pat@two.example>", "6 March 2024 07:00", "Robin <robin@one.example>", "Re: 7")
    return template.format(
        new=rows(sample.new),
        old=rows(sample.quoted),
        by=html.escape(sample.introduction),
        labels="<br>".join(
            f"<b>{label}:</b> {html.escape(value)}" for label, value in zip(labels, values, strict=True)
        ),
    )


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("code", ["en", "fr", "es", "ar", "zh", "ru", "de"])
def test_only_the_writers_words_are_read(program, code):
    sample = next(samples(FOLDER / f"{code}.txt"))
    body = mail(PROGRAMS[program], sample, LABELS)

    result = reading.read(f"{HEAD}Content-Type: text/html; charset=utf-8\n\n<html>{body}</html>".encode())

    assert words(result.reply) == words(" ".join(sample.new))


@pytest.mark.parametrize("program", PROGRAMS)
def test_marks_of_the_html_form_help_a_plain_form_without_them(program):
    sample = next(samples(FOLDER / "fr.txt"))
    plain = "\n\n".join((*sample.new, "Pat Doe", *sample.quoted))
    both = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n"

    result = reading.read(
        f"{HEAD}Content-Type: multipart/alternative; boundary=b\n\n{both}{mail(PROGRAMS[program], sample, LABELS)}\n--b--\n".encode()
    )

    assert words(result.reply) == words(" ".join(sample.new))


@pytest.mark.parametrize("stub", ["", " \n\u00a0\n", "[cid:image001.png]", "????? ????\n", "View this message in HTML"])
def test_a_plain_form_that_says_nothing_gives_way_to_the_html(stub):
    both = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{stub}\n--b\nContent-Type: text/html; charset=utf-8\n\n"
    text = "The well behind the school is dry, and it has been dry since the rains ended. " * 4

    result = reading.read(
        f"{HEAD}Content-Type: multipart/alternative; boundary=b\n\n{both}<p>{text}</p>\n--b--\n".encode()
    )

    assert words(result.reply) == words(text)
