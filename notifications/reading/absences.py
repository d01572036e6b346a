"""The words of automatic answers: how programs say that somebody is away, has read, or wants a sender to prove oneself.

To add a language: put what its mail programs write before the subject they answer into `BEGINNINGS` (Outlook, Exchange
and Gmail each translate "Automatic reply"), and the rest where the other languages stand.
"""

import re


def _any(*patterns):
    return "|".join(patterns)


# What programs put before the subject they answer. Only at the very start: a person's answer begins with "Re:".
BEGINNINGS = _any(
    r"automatic (?:reply|response|answer)|auto[- ]?(?:reply|response?|responder|answer)|autoreply|autoresponse",
    r"(?:this is an )?automat(?:ed|ic) (?:reply|response|acknowledge?ment)|automatically generated (?:reply|message)",
    r"out[- ]of[- ](?:the )?office (?:auto-?reply|reply|response|message|notification)|out of office auto",
    r"vacation (?:reply|response|message|autoreply|notice)|away (?:message|notice)",
    r"réponse automatique|reponse automatique|réponse d'absence|message d'absence|notification d'absence",
    r"message automatique|avis d'absence",
    r"respuesta autom[aá]tica|respuesta de ausencia|contestaci[oó]n autom[aá]tica",
    r"contestador autom[aá]tico|autorespuesta|auto-respuesta|mensaje autom[aá]tico|aviso de ausencia",
    r"automatische (?:antwort|rückantwort|beantwortung|eingangsbestätigung)|"
    r"abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|agent|assistent)|automatische? antwoord|"
    r"afwezigheidsbericht",
    r"автоматический ответ|авто-?ответ(?:чик)?|автоматическое (?:уведомление|сообщение)",
    r"уведомление об отсутствии|автоматична відповідь|автовідповідь|автоматичен отговор|аутоматски одговор",
    r"(?:ال)?رد (?:ال)?تلقائ[يى]|(?:ال)?رد (?:ال)?آلي|رسالة تلقائية|إشعار غياب|پاسخ خودکار",
    r"自动(?:回复|答复|应答|回信)|自動(?:回覆|回复|答覆|応答|返信|回信)|外出自动回复|外出自動回覆|不在通知|系统自动回复",
    r"resposta autom[aáà]tica|ausência temporária|risposta automatica",
    r"automatiskt svar|autosvar|automatisk svar|frånvaromeddelande|fraværsmelding|fraværsbesked",
    r"automaattinen vastaus|automaattivastaus|poissaoloviesti|autom(?:aatti)?vastaus|odpowiedź automatyczna",
    r"automatyczna odpowiedź|autoodpowiedź|automatick[áý] odpov[eě]ď|otomatik (?:yanıt|cevap)|automatikus válasz",
    r"răspuns automat|raspuns automat|αυτόματη απάντηση|מענה אוטומטי|תשובה אוטומטית|자동 ?(?:회신|응답)|부재 ?중 알림",
    r"trả lời tự động|balasan (?:otomatis|automatik)|ตอบกลับอัตโนมัติ|automatski odgovor|samodejni odgovor",
    r"automatinis atsakymas|automātiskā? atbilde|automaatne vastus|स्वचालित (?:उत्तर|जवाब)|jibu la kiotomatiki",
)
# Words that a person may write as well, but hardly before a colon.
PLACES = _any(
    r"absence du bureau|absente?(?:\(e\))? du bureau|fuera de (?:la )?oficina|abwesend|niet aanwezig|вне офиса",
    r"нет на месте|خارج المكتب|ausente do escritório|fuori ufficio|assenza dall'ufficio|不在办公室",
)
BEGINS = re.compile(
    rf"[\[(*]?\s?(?:{BEGINNINGS})\s{{0,3}}(?:[:：\-–—(\[\])*.!|]|$|re\b|aw\b)|(?:{PLACES})\s{{0,3}}[:：]|"
    r"auto\s?: .{1,120}(?:out of (?:the )?office|is away|absent|außer haus|fuera de|ausente|fuori|отсутств|不在)",
    re.IGNORECASE,
)
# At the end of the subject it answers, where some programs put it.
ENDS = re.compile(
    r"[\[(](?:auto(?:matic|mated)?[- ]?(?:reply|response?|answer)|out of (?:the )?office(?: auto-?reply)?|"
    r"réponse automatique|respuesta automática|автоответ|自动回复|automatische antwort)[\])]$",
    re.IGNORECASE,
)
# Weaker beginnings, believed where the mail answers another and yet does not begin with "Re:".
BEGINS_AN_ANSWER = re.compile(
    r"(?:auto|ooo|oof|out[- ]of[- ](?:the )?office|on (?:leave|vacation|holidays?)|away|vacation|absence|absente?|"
    r"en congés?|ausente|ausencia|vacaciones|urlaub|nicht im (?:büro|haus)|außer haus|отсутстви[ея]|в отпуске|отпуск|"
    r"إجازة|في إجازة|غياب|休假|外出|不在办公室|frånvaro|poissa|afwezig)\s{0,3}[:：\-–(]|"
    r".{1,60} (?:is|ist|est|está) (?:currently )?(?:out of (?:the )?office|außer haus|nicht im (?:büro|haus)|"
    r"absente?|fuera de la oficina|ausente)\s{0,3}(?:[.!(:：]|$)",
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
WILL_RETURN = re.compile(
    r"(?:i am|i'm|i will be|i'll be) (?:currently )?(?:out of|away|on (?:annual |maternity |parental |sick )?"
    r"(?:leave|vacation|holiday)|not in the office)|will (?:respond|reply|answer|be back|return|get back)|"
    r"limited access to (?:my )?e?-?mail|this is an automat|automatically generated|do not reply to this|"
    r"ne pas répondre|message automatique|je suis (?:actuellement )?absent|je serai (?:de retour|absent)|"
    r"mensaje automático|no responda a este|estaré de (?:regreso|vuelta)|automatisch (?:generiert|erstellt|erzeugt)|"
    r"bin ich (?:wieder|nicht)|ich bin (?:ab|bis|vom|am)|автоматическ|не отвечайте на это|буду отсутствовать|вернусь|"
    r"تلقائي|لا ترد على|سأعود|自动(?:回复|发送)|请勿(?:直接)?回复|系统自动|我将于|收到您的(?:来信|邮件)",
    re.IGNORECASE,
)
RECEIPT = re.compile(
    r"(?:read|return receipt|not read|deleted|displayed)\s{0,2}[:：(]|return receipt|read receipt|"
    r"disposition notification|gelesen\s{0,2}:|lu\s{0,2}:|leído\s{0,2}:|прочитано\s{0,2}:|lesebestätigung|"
    r"accusé de (?:lecture|réception)|confirmación de lectura|已读\s{0,2}[:：]|已讀|阅读回执|تمت القراءة|مقروء|"
    r"lido\s{0,2}:|letto\s{0,2}:|gelezen\s{0,2}:|läst\s{0,2}:|przeczytano\s{0,2}:|开封確認|開封済み",
    re.IGNORECASE,
)
WAS_READ = re.compile(
    r"your message.{0,600}?was (?:read|displayed|deleted)|this is a (?:return )?receipt for|"
    r"votre message.{0,600}?a été (?:lu|affiché)|su mensaje.{0,600}?(?:se ha leído|fue leído|ha sido leído)|"
    r"ihre nachricht.{0,600}?(?:wurde|am).{0,80}gelesen|ваше сообщение.{0,600}?(?:было )?прочитано|"
    r"您的邮件.{0,600}?已(?:于|被|阅读|读)|这是.{0,20}回执|رسالتك.{0,600}?(?:تمت قراءتها|قُرئت|قرئت)",
    re.IGNORECASE | re.DOTALL,
)
ACCEPTED = re.compile(
    r"has (?:tentatively )?(?:accepted|declined|replied)|a (?:accepté|refusé|décliné)|ha (?:aceptado|rechazado)|"
    r"hat .{0,60}(?:zugesagt|abgesagt|angenommen|abgelehnt)|принял|отклонил|已接受|已拒绝|接受了|قبل|رفض|"
    r"calendar\.google\.com",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"(?:please )?confirm (?:your (?:message|e-?mail)|that you)|verification (?:request|required|needed)|"
    r"verify your (?:message|e-?mail)|sender (?:verification|confirmation)|"
    r"message (?:held|awaiting) (?:for )?(?:confirmation|verification)",
    re.IGNORECASE,
)
CHALLENGED = re.compile(
    r"(?:has not (?:yet )?been delivered|being held|on hold|in quarantine|"
    r"before (?:it|your|the) .{0,40}(?:deliver|accept)|to (?:have|get) your (?:message|e-?mail).{0,40}deliver|to prove|"
    r"spam ?arrest|boxbe|tmda|bluebottle|one-time|only need to do this once)",
    re.IGNORECASE,
)
