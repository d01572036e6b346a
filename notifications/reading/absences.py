"""The words of automatic answers: how programs say that somebody is away, and that no person wrote.

To add a language: put what its mail programs write before the subject they answer into `BEGINNINGS` (Outlook, Exchange
and Gmail each translate "Automatic reply"), what a person might write there too into `FIRM_PLACES`, and the
first words of such answers into `AWAY` and `SAYS_SO`.
"""

import re


def _any(*patterns):
    return "|".join(patterns)


# What programs put before the subject they answer. Only at the very start: a person's answer begins with "Re:".
BEGINNINGS = _any(
    r"automatic (?:reply|response|answer)|auto[- ]?(?:reply|response?|responder|answer)|autoreply|autoresponse",
    r"(?:this is an )?automat(?:ed|ic) (?:reply|response|acknowledge?ment)|automatically generated (?:reply|message)",
    r"out[- ]of[- ](?:the )?office (?:auto-?reply|notification)|out of office auto|vacation auto-?reply",
    r"yahoo!? auto response|auto[- ]generated(?: (?:message|reply|response))?",
    r"r[ée]ponse automatique(?: d'absence(?: du bureau)?)?|réponse d'absence|avis d'absence automatique",
    r"respuesta autom[aá]tica|respuesta de (?:ausencia|fuera de (?:la )?oficina)|contestaci[oó]n autom[aá]tica",
    r"contestador autom[aá]tico|autorespuesta|auto-respuesta",
    r"automatische (?:antwort|rückantwort|beantwortung|eingangsbestätigung|abwesenheitsnotiz)|"
    r"abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|agent|assistent)|autoreply/abwesenheit|"
    r"automatische? antwoord|afwezigheidsbericht|outomatiese antwoord",
    r"автоматический ответ|авто-?ответ(?:чик)?|автоматическое уведомление",
    r"уведомление об отсутствии|автоматична відповідь|автовідповідь|автоматичен отговор|а[ву]томатски одговор",
    r"автоматты жауап|автомат хариу|аўтаматычны адказ",
    r"(?:ال)?رد (?:ال)?تلقائ[يى]|(?:ال)?رد (?:ال)?آلي|رسالة (?:تلقائية|آلية)|إشعار غياب|پاسخ خودکار|خودکار جواب",
    r"(?:外出|休假|假期|系统)?自动(?:回复|答复|应答|回信)|(?:外出|休假|系統)?自動(?:回覆|回复|答覆|応答|返信|回信)|不在通知",
    r"respost[ae] autom[aáà]ti[cg]a|resposta de ausência|ausência temporária|mensagem automática|"
    r"risposta automatica|risposta non al computer",
    r"automatiskt svar|autosvar|automatisk svar|sjálfvirkt svar|frånvaromeddelande|fraværsmelding|fraværsbesked",
    r"automaattinen vastaus|automaattivastaus|poissaoloviesti|autom(?:aatti)?vastaus|odpowiedź automatyczna",
    r"automatyczna odpowiedź|autoodpowiedź|automatick[áý] odpov[eě](?:ď|d')|otomatik (?:yanıt|cevap)|"
    r"automatikus válasz|avtomatik (?:cavab|javob)",
    r"răspuns automat|raspuns automat|αυτόματη απάντηση|מענה אוטומטי|תשובה אוטומטית|"
    r"(?:부재 ?중 )?자동 ?(?:회신|응답)|부재 ?중 알림",
    r"trả lời tự động|balasan (?:otomatis|automatik)|(?:การ)?ตอบกลับอัตโนมัติ|automatski odgovor|samodejni odgovor",
    r"automatinis atsakymas|automātisk[aā]? atbilde|automaa(?:tne )?vastus|automaatvastus|erantzun automatikoa",
    r"përgjigje automatike|ymateb awtomatig|freagra uathoibríoch|awtomatikong tugon|ավտոմատ պատասխան|"
    r"ავტომატური პასუხი|தானியங்கு பதில்|স্বয়ংক্রিয় উত্তর|स्वचालित (?:उत्तर|जवाब)|jibu (?:la kiotomatiki|otomatiki)",
)
# Words that a person may put there as well: they need a second sign. What hardly anybody puts before a colon who speaks
# of something else, and what is a topic, too.
FIRM_PLACES = _any(
    r"auto|ooo|oof|out[- ]of[- ](?:the )?office(?: (?:reply|response|message))?|away from (?:the )?office|"
    r"(?:vacation|away) (?:reply|response|message|notice)",
    r"absence du bureau|absente?(?:\(e\))? du bureau|(?:message|notification|avis) d'absence",
    r"fuera de (?:la )?oficina|aviso de ausencia|ausente do escritório|ausência do escritório|fuori (?:ufficio|sede)|"
    r"assenza dall'ufficio|abwesend|nicht im (?:büro|haus)|außer haus|afwezig|niet aanwezig",
    r"вне офиса|нет на (?:рабочем )?месте|отсутствую|я в отпуске|خارج (?:المكتب|العمل)|不在办公室",
    r"frånvaro|frånvarande|ikke til stede|poissa|poza biurem|házon kívül|mimo kancelář|i̇?ş yeri dışında",
)
LOOSE_PLACES = _any(
    r"on (?:leave|vacation|holidays?)|away|vacation|absence|absente?(?:\(e\))?|en congés?|message automatique",
    r"ausente|ausencia|vacaciones|mensaje automático|ausência|férias|urlaub",
    r"отсутстви[ея]|в отпуске|отпуск|автоматическое сообщение|إجازة|في إجازة|غياب|休假|外出",
)
END = r"\s{0,3}(?:[:：\-–—(\[\])*.!|]|$|re\b|aw\b)"
BEGINS = re.compile(
    rf"[\[(*]?\s?(?:{BEGINNINGS}){END}|auto\s?: .{{1,120}}(?:out of (?:the )?office|is away|absent|außer haus|fuera de|"
    r"ausente|assente|fuori|отсутств|不在)",
    re.IGNORECASE,
)
BEGINS_FIRMLY = re.compile(rf"[\[(*]?\s?(?:{FIRM_PLACES})\s{{0,3}}[:：]", re.IGNORECASE)
BEGINS_LOOSELY = re.compile(
    rf"[\[(*]?\s?(?:{FIRM_PLACES}|{LOOSE_PLACES}){END}|"
    r".{1,60} (?:is|ist|est|está|è) (?:currently )?(?:out of (?:the )?office|außer haus|nicht im (?:büro|haus)|"
    r"absente?|fuera de la oficina|ausente|assente)\s{0,3}(?:[.!(:：]|$)",
    re.IGNORECASE,
)
# At the end of the subject it answers, where some programs put it.
ENDS = re.compile(
    r"[\[(](?:auto(?:matic|mated)?[- ]?(?:reply|response?|answer)|out of (?:the )?office(?: auto-?reply)?|"
    r"réponse automatique|respuesta automática|автоответ|自动回复|automatische antwort)[\])]$",
    re.IGNORECASE,
)
ABSENT = re.compile(
    r"out[- ]of[- ](?:the )?office|on (?:annual |maternity |parental |sick )?(?:leave|vacation|holidays?)|vacation|"
    r"away from (?:my|the) (?:desk|office|e?-?mail)|i(?:'m| am) away|absence|en congé|en vacances|absente?\b|"
    r"vacaciones|ausente|ausencia|im urlaub|nicht im (?:büro|haus)|außer haus|abwesenheit|в отпуске|отсутств|отпуск|"
    r"في إجازة|خارج المكتب|إجازة|休假|外出|不在办公室|em férias|de férias|in ferie|assente|afwezig|vakantie|semester|"
    r"lomalla|urlop|dovolen",
    re.IGNORECASE,
)
# What somebody's absence says of itself. Never a sign alone: people who are away write as well.
AWAY = re.compile(
    _any(
        r"\bi(?:'m| am| will be|'ll be) (?:currently |presently |now |also )?(?:out\b|away|absent|travell?ing|off\b|"
        r"on (?:\w{1,12} )?(?:leave|vacation|holidays?)|not in (?:the|my) office|not available|unable to|unavailable|"
        r"back\b|returning)|(?:will|shall) (?:\w{1,12} )?(?:respond|reply|answer|be back|return|get back|read)|"
        r"limited access to|this is an automat|automatically generated|do not reply to this|back (?:on|in|from)\b|"
        r"(?:will|shall) not be (?:reading|checking|able|in)|(?:have|has been|was) received|got your (?:mail|message)|"
        r"thank you for (?:your (?:e-?mail|mail|message|note|letter)|writing|contacting)|"
        r"on the road|in my absence|urgent(?:ly)?\b",
        r"ne pas répondre|message automatique|je (?:suis|serai) (?:\S{1,14} )?(?:absent|en cong|en vacances|de retour)|"
        r"je (?:lirai|répondrai|vous réponds)|à mon retour|bien reçu votre|en cas d'urgence",
        r"mensaje automático|no responda a este|esto?y? ?(?:\S{1,10} )?(?:fuera|ausente|de vacaciones)|estaré|"
        r"vuelvo el|a mi (?:regreso|vuelta)|he(?:mos)? recibido su|gracias por su",
        r"automatisch (?:generiert|erstellt|erzeugt)|bin ich (?:wieder|nicht)|ich bin (?:ab|bis|vom|am|im|zur|derzeit|"
        r"zurzeit|momentan|nicht|wieder)|nicht im (?:büro|haus)|im urlaub|ich kehre|wieder erreichbar|"
        r"danke für (?:ihre|deine)|wird nicht weitergeleitet|ich (?:werde|melde)",
        r"автоматическ|не отвечайте на это|отсутств|вернусь|в отпуске|отвечу|буду (?:в|на|доступ)|по срочным|получил",
        r"تلقائي|لا ترد على|سأعود|أعود|سأرد|في إجازة|خارج المكتب|عند عودتي|شكرا على",
        r"自动(?:回复|发送)|自動(?:回覆|返信|応答)|请勿(?:直接)?回复|系统自动|我将于|收到您的|休假|回来|不在办公室|不在辦公室|"
        r"無法|无法(?:亲自)?回复|外出中",
        r"sono (?:in ferie|fuori|assente)|al mio (?:ritorno|rientro)|sarò assente|grazie per",
        r"estou (?:ausente|de férias|em férias|fora)|regresso|retorno|obrigad[oa] pel",
        r"휴가|부재|jag är (?:borta|på semester|ledig)|jeg er (?:ikke|på ferie|bortreist)|ik ben (?:afwezig|niet|op)|"
        r"jestem na urlopie|nieobecn|dovolen|szabadság|izindeyim|izinde",
    ),
    re.IGNORECASE,
)
# A first sentence that no person writes of their own mail.
SAYS_SO = re.compile(
    r"(?:.{0,60}[,!،，]\s{1,4})?(?:please note[: ]{1,3}(?:that )?)?\W{0,6}(?:"
    + _any(
        r"this (?:is an|e-?mail is an|message is an) (?:automat(?:ed|ic|ically generated)|auto[- ]?generated) "
        r"(?:\w{1,12} )?(?:reply|response|message|answer|e-?mail|notification|acknowledge?ment)\b"
        r"(?! (?:is|has|from my|that))",
        r"this message (?:has been|was|is) automatically (?:generated|sent)|i apologi[sz]e for this automatic",
        r"ce(?:ci est un| message est un(?:e)?) (?:message|réponse|courriel|e-?mail)? ?automatique",
        r"(?:este|esto) es un mensaje automático|(?:ésta|esta|esta) es una respuesta automática",
        r"dies ist eine (?:automatisch(?:e)? (?:generierte |erzeugte |erstellte )?)(?:antwort|nachricht|e-?mail|mail)",
        r"это (?:автоматический ответ|автоматическое (?:сообщение|уведомление|письмо))|"
        r"(?:данное|это) (?:письмо|сообщение) (?:отправлено|создано|сформировано) автоматически",
        r"(?:هذا|هذه) (?:هو |هي )?(?:رد|رسالة|بريد) (?:تلقائي|آلي)",
        r"(?:这是|此为|本邮件为|此邮件为|这封邮件是)[^。\n]{0,16}自动(?:回复|发送|答复|生成)|"
        r"(?:這是|本郵件為)[^。\n]{0,16}自動(?:回覆|發送)",
        r"quest[oa] è un[a' ]{0,2}\s?(?:messaggio|risposta|e-?mail) automatic[oa]|"
        r"esta é uma (?:resposta|mensagem) automática|dit is een automatisch(?:e)? (?:antwoord|bericht)|"
        r"これは自動(?:応答|返信)|to jest (?:automatyczna odpowiedź|wiadomość automatyczna)|"
        r"detta är ett automatiskt (?:svar|meddelande)|bu (?:otomatik )?(?:bir )?otomatik (?:yanıt|mesaj)",
    )
    + ")",
    re.IGNORECASE,
)
