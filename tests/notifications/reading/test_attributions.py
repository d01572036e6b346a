"""How programs say who wrote what they quote, in many languages; and prose that only looks so."""

import pytest

from notifications import reading

ATTRIBUTIONS = [
    "On Wed, Mar 6, 2024 at 7:00 AM Pat Doe <pat@example.org> wrote:",
    "On Wed, Mar 6, 2024, 7:00 AM Pat Doe <pat@example.org> wrote:",
    "On Wednesday, March 6, 2024 at 07:00:00 AM GMT+1, Pat Doe <pat@example.org> wrote:",
    "On 6 March 2024 07:00:00 CET, Pat Doe <pat@example.org> wrote:",
    "On Wed, 2024-03-06 at 07:00 +0000, Pat Doe wrote:",
    "On 03/06/2024 07:00 AM, Pat Doe wrote:",
    "At 07:00 06/03/2024, you wrote:",
    "Pat Doe <pat@example.org> wrote on Wed, 6 Mar 2024 07:00:",
    "Pat Doe <pat@example.org> writes:",
    "* Pat Doe <pat@example.org> [2024-03-06 07:00]:",
    "Quoting Pat Doe <pat@example.org>:",
    "---- On Wed, 06 Mar 2024 07:00:00 +0000 Pat Doe <pat@example.org> wrote ----",
    "2024-03-06 7:00 GMT+01:00 Pat Doe <pat@example.org>:",
    "Le mer. 6 mars 2024 à 07:00, Pat Doe <pat@example.org> a écrit :",
    "Le 06/03/2024 à 07:00, Pat Doe a écrit\u00a0:",
    "Le mercredi 6 mars 2024 à 07:00:00 UTC+1, Pat Doe <pat@example.org> a écrit :",
    "El mié, 6 mar 2024 a las 7:00, Pat Doe (<pat@example.org>) escribió:",
    "El miércoles, 6 de marzo de 2024, 07:00:00 CET, Pat Doe <pat@example.org> escribió:",
    "El 06-03-2024 07:00, Pat Doe escribió:",
    "Am Mi., 6. März 2024 um 07:00 Uhr schrieb Pat Doe <pat@example.org>:",
    "Am 06.03.24 um 07:00 schrieb Pat Doe:",
    "Am 06.03.2024 um 07:00 schrieb Pat Doe <pat@example.org>:",
    "Pat Doe <pat@example.org> schrieb am Mi., 6. März 2024, 07:00:",
    "Zitat von Pat Doe <pat@example.org>:",
    "ср, 6 мар. 2024 г. в 07:00, Pat Doe <pat@example.org>:",
    "6 марта 2024 г., в 07:00, Pat Doe <pat@example.org> написал(а):",
    "06.03.2024 07:00, Pat Doe пишет:",
    "06.03.2024, 07:00, \"Pat Doe\" <pat@example.org>:",
    "Среда,  6 марта 2024, 7:00 +03:00 от Pat Doe <pat@example.org>:",
    "Вы писали 6 марта 2024 г., 7:00:00:",
    "Pat Doe <pat@example.org> 于2024年3月6日周三 07:00写道：",
    "在 2024年3月6日，07:00，Pat Doe <pat@example.org> 写道：",
    "在 2024-03-06 07:00:00，\"Pat Doe\" <pat@example.org> 写道：",
    "Pat Doe <pat@example.org> 於 2024年3月6日 週三 上午7:00寫道：",
    "在 2024/3/6 7:00, Pat Doe 写道:",
    "في الأربعاء، 6 مارس 2024 في 7:00 ص تمت كتابة ما يلي بواسطة Pat Doe <pat@example.org>:",
    "في ٦ مارس ٢٠٢٤، الساعة ٧:٠٠ ص، كتب Pat Doe <pat@example.org>:",
    "بتاريخ 6 مارس 2024 7:00 ص، جاء من Pat Doe <pat@example.org>:",
    "على 6/3/2024 7:00 ص، كتب Pat Doe:",
    "كتب Pat Doe في 6/3/2024 7:00 ص:",
    "بتاريخ 6 مارس 2024 7:00 ص، جاء من Pat Doe:",
    "---- Pat Doe كتب ----",
    "اقتباس Pat Doe <pat@example.org>:",
    "Pat Doe 写于 2024/3/6 7:00:",
    "引用 Pat Doe <pat@example.org>：",
    "-----  2024/3/6，上午7:00，Pat Doe pat@example.org 寫道﹕",
    "Pat Doe 於 2024年3月6日 7:00 寫下：",
    "Pat Doe писал(а) 06.03.2024 07:00:",
    "----- Am 6. März 2024 um 07:00 schrieb Pat Doe pat@example.org:",
    "---- Pat Doe wrote ----",
    "2024/03/06 7:00、Pat Doe より:",
    "Em qua., 6 de mar. de 2024 às 07:00, Pat Doe <pat@example.org> escreveu:",
    "Em 06/03/2024 07:00, Pat Doe escreveu:",
    "Il giorno mer 6 mar 2024 alle ore 07:00 Pat Doe <pat@example.org> ha scritto:",
    "Il 06/03/2024 07:00, Pat Doe ha scritto:",
    "Op wo 6 mrt 2024 om 07:00 schreef Pat Doe <pat@example.org>:",
    "Op 6 mrt. 2024 om 07:00 heeft Pat Doe <pat@example.org> het volgende geschreven:",
    "2024年3月6日(水) 7:00 Pat Doe <pat@example.org>:",
    "2024/03/06 7:00、Pat Doe <pat@example.org>のメール:",
    "2024년 3월 6일 (수) 오전 7:00, Pat Doe <pat@example.org>님이 작성:",
    "śr., 6 mar 2024 o 07:00 Pat Doe <pat@example.org> napisał(a):",
    "W dniu 06.03.2024 o 07:00, Pat Doe pisze:",
    "Den ons 6 mars 2024 kl 07:00 skrev Pat Doe <pat@example.org>:",
    "Den ons. 6. mar. 2024 kl. 07.00 skrev Pat Doe <pat@example.org>:",
    "ke 6. maalisk. 2024 klo 7.00 Pat Doe (pat@example.org) kirjoitti:",
    "Pat Doe <pat@example.org>, 6 Mar 2024 Çar, 07:00 tarihinde şunu yazdı:",
    "st 6. 3. 2024 v 7:00 odesílatel Pat Doe <pat@example.org> napsal:",
    "Dne 06. 03. 24 v 7:00 Pat Doe napsal(a):",
    "Pat Doe <pat@example.org> ezt írta (időpont: 2024. márc. 6., Sze, 7:00):",
    "În mie., 6 mar. 2024 la 07:00, Pat Doe <pat@example.org> a scris:",
    "Στις Τετ 6 Μαρ 2024 στις 7:00 π.μ., ο χρήστης Pat Doe <pat@example.org> έγραψε:",
    "ср, 6 бер. 2024 р. о 07:00 Pat Doe <pat@example.org> пише:",
    "\u200fבתאריך יום ד׳, 6 במרץ 2024 ב-7:00 מאת Pat Doe <\u202apat@example.org\u202c\u200f>:\u200f",
    "Vào Th 4, 6 thg 3, 2024 vào lúc 07:00 Pat Doe <pat@example.org> đã viết:",
    "Pada Rab, 6 Mar 2024 pukul 07.00 Pat Doe <pat@example.org> menulis:",
    "-----Original Message-----",
    "-------- Message transféré --------",
    "-------- Mensaje original --------",
    "-------- Weitergeleitete Nachricht --------",
    "-------- Исходное сообщение --------",
    "------------------ 原始邮件 ------------------",
    "---------- رسالة أصلية ----------",
    "-------- Courriel initial --------",
    "-------- correo original --------",
    "-------- رسالة ممرّرة --------",
    "---- 回复的原邮件 ----",
    "Begin forwarded message:",
    "Début du message réexpédié :",
    "Anfang der weitergeleiteten Nachricht:",
]  # fmt: skip

PROSE = [
    "On 3 May we met, and on the whole:",
    "On the one hand I agree:",
    "The minister wrote:",
    "As he said in 2019, the law must change.",
    "Le ministre a écrit une lettre le 3 mai.",
    "From: the river\nTo: the sea",
    "Date: to be decided",
    "Am Montag schrieb der Rat, dass nichts geschieht.",
    "В 2019 году министр писал об этом.",
    "在2019年，部长写道，法律必须改变。",
    "Three points:\n- To: is a word\n- From: is another",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""], ids=["marked", "unmarked"])
def test_an_attribution_and_what_it_introduces_is_no_answer(attribution, mark):
    head = "From: a@b.c\nContent-Type: text/plain; charset=utf-8\n"
    mail = f"{head}\nI agree.\n\n{attribution}\n\n{mark}What do you think?\n"

    assert reading.read(mail.encode()).reply == "I agree."


@pytest.mark.parametrize("attribution", [line for line in ATTRIBUTIONS if " <" in line])
def test_an_attribution_may_be_broken_before_the_address(attribution):
    broken = attribution.replace(" <", " <\n", 1)
    mail = f"From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\nI agree.\n\n{broken}\n\n> What do you think?\n"

    assert reading.read(mail.encode()).reply == "I agree."


@pytest.mark.parametrize("prose", PROSE)
def test_prose_that_looks_alike_is_kept(prose):
    mail = f"From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\nHello.\n{prose}\nWe should go on.\n"

    assert reading.read(mail.encode()).reply == f"Hello.\n{prose}\nWe should go on."


SAID = [
    "On 6 March 2024 we met in the town hall and agreed on this: no cars before 9:00.\nPlease write that down.",
    "Can we meet on 12/03/2024 at 14:30?\n- room 4\n- bring the map",
    "I read on 5 May 2023 what the mayor wrote:",
    "From: what I hear, the plan is dead.",
    "To: whom?\nSubject: closed.",
    "Please pass this on to Tom <tom@example.net>",
    "Acked-by: Tom <tom@example.net>",
    "Am 5. Mai 2023 las ich, was der Rat schrieb:",
    "Le 6 mars 2024, nous étions à la mairie à 9h00.\nMerci de le noter.",
    "El 5 de mayo de 2023 leí lo que el alcalde escribió:",
    "Мы встретились 12.03.2024 в 14:30.\n\nВ этом всё дело:",
    "2024年3月6日上午9:00我们在市政厅开会。\n请记录下来。",
    "主题：没有变化。\n时间：待定，请再等等。",
    "في 6 مارس 2024 اجتمعنا الساعة 9:00 واتفقنا.\nأرجو تدوين ذلك.",
    "من: وجهة نظري انتهى الأمر.",
]
INTRODUCED = {
    "on, marked": "On Wed, Mar 6, 2024 at 7:00 AM Pat Doe <pat@example.org> wrote:\n\n> What do you think?",
    "name and date, marked": "Pat Doe wrote on March 6, 2024 7:00 AM:\n> What do you think?",
    "date first, unmarked": "6 марта 2024 г., в 07:00, Pat Doe <pat@example.org> написал(а):\n\nWhat do you think?",
    "labels": "From: Pat Doe <p@example.org>\nSent: 6 March 2024 7:00\nTo: Robin\nSubject: Trees\n\nWhat do you?",
    "a table of labels": "---- 回复的原邮件 ----\n| 发件人 | Pat<pat@example.org> |\n| 日期 | 2024年03月06日 07:00 |\n"
    "| 收件人 | Robin |\n| 主题 | Trees |\nWhat do you think?",
    "a separator": "-----Ursprüngliche Nachricht-----\nVon: Pat <p@example.org>\nBetreff: Trees\n\nWhat do you?",
    "a sentence of the program": 'Message du 06/03/24 07:00\nDe : "Pat Doe" <pat@example.org>\nA : robin@example.net\n'
    "Objet : Trees\n\nWhat do you think?",
}


@pytest.mark.parametrize("introduction", INTRODUCED.values(), ids=INTRODUCED)
@pytest.mark.parametrize("said", SAID)
def test_what_stands_above_an_attribution_is_kept(said, introduction):
    mail = f"From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\nHello.\n\n{said}\n\n{introduction}\n"

    assert reading.read(mail.encode()).reply == f"Hello.\n\n{said}"
