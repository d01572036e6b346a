"""What programs add at the end of a mail in many languages, and words that only begin like it."""

import pytest

from notifications import reading

ADDED = [
    "Sent from my iPhone",
    "Sent from Outlook for Android",
    "Sent from Front",
    "Envoyé depuis l'application Mail Orange",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Отправлено со смартфона Samsung Galaxy.",
    "Отправлено с защищенной почтой Proton Mail.",
    "Enviado desde mi dispositivo móvil",
    "发自我的 iPhone",
    "发送自 Windows 版邮件应用",
    "发自 QQ邮箱手机版",
    "从三星手机发送",
    "从 Windows 版邮件发送",
    "来自 Outlook for Android",
    "來自我的手機",
    "從 Android 版 Yahoo 奇摩電子信箱傳送",
    "取得 iOS 版 Outlook",
    "أُرسلت من الـ iPhone",
    "مُرسل من هاتف Sony Xperia™ الذكي الخاص بي",
    "تم الإرسال من البريد لـ Windows",
    "تم الإرسال باستخدام Proton Mail",
    "Outlook for iOS を入手",
    "本邮件及其附件含有保密信息，仅限于发送给上面列出的个人。如果您错收了本邮件，请立即删除并通知发件人。",
]
SAID = [
    "Written by my daughter.",
    "Posted on the door of the town hall.",
    "Envoyé par le maire.",
    "Отправлено из деревни.",
    "来自华为的代表没有出席会议。",
    "来自我的邻居的意见。",
    "用手机版微信也可以参加投票",
    "从下周开始由秘书处发送",
    "发自内心的感谢。",
    "أرسلت من قبل رسالة إلى البلدية.",
]


def reply(text):
    return reading.read(f"From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()).reply


@pytest.mark.parametrize("line", ADDED)
def test_what_a_program_adds_at_the_end_is_cut(line):
    assert reply(f"We should wait.\nThe buses are full.\n\n{line}") == "We should wait.\nThe buses are full."


@pytest.mark.parametrize("line", SAID)
def test_words_that_begin_like_it_are_kept(line):
    assert reply(f"We should wait.\n\n{line}") == f"We should wait.\n\n{line}"
