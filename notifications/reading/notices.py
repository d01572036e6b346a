"""The words of notices: that a mail was read, an invitation accepted, a request received; that one is to prove oneself.

Each is believed only together with another sign (`classify`), for people write such words too.
"""

import re

RECEIPT = re.compile(
    r"(?:read|return receipt|not read|deleted|displayed)\s{0,2}[:：(]|return receipt|read receipt|"
    r"disposition notification|gelesen\s{0,2}:|lu\s{0,2}:|leído\s{0,2}:|прочитано\s{0,2}:|lesebestätigung|"
    r"accusé de (?:lecture|réception)|confirmación de lectura|confirmation de lecture|уведомление о прочтении|"
    r"已读\s{0,2}[:：]|已讀|阅读回执|تمت القراءة|مقروء|lid[oa]\s{0,2}:|letto\s{0,2}:|gelezen\s{0,2}:|läst\s{0,2}:|"
    r"przeczytano\s{0,2}:|bestätigung: gelesen|開封確認|開封済み",
    re.IGNORECASE,
)
WAS_READ = re.compile(
    r"your message.{0,600}?was (?:read|displayed|deleted)|this is a (?:return )?receipt for|"
    r"votre message.{0,600}?a été (?:lu|affiché)|su mensaje.{0,600}?(?:se ha leído|fue leído|ha sido leído)|"
    r"ihre nachricht.{0,600}?(?:wurde|am).{0,80}gelesen|ваше сообщение.{0,600}?(?:было )?прочитано|"
    r"您的邮件.{0,600}?已(?:于|被|阅读|读)|这是.{0,20}回执|رسالتك.{0,600}?(?:تمت قراءتها|قُرئت|قرئت)|"
    r"il messaggio.{0,600}?è stato letto|a sua mensagem.{0,600}?foi lida",
    re.IGNORECASE | re.DOTALL,
)
ACCEPTED = re.compile(
    r"has (?:tentatively )?(?:accepted|declined|replied)\b.{0,20}invitation|"
    r"a (?:accepté|refusé|décliné)\b.{0,20}invitation|ha (?:aceptado|rechazado)\b.{0,20}invitaci|"
    r"hat .{0,60}(?:einladung .{0,20}(?:angenommen|abgelehnt)|zugesagt|abgesagt)|"
    r"(?:принял|отклонил)\S{0,5}.{0,20}приглашени|(?:已接受|已拒绝|接受了|已暂定).{0,10}(?:邀请|会议)|"
    r"(?:قبل|رفض).{0,20}دعوة|ha (?:accettato|rifiutato)\b.{0,20}invito|(?:aceitou|recusou)\b.{0,20}convite|"
    r"uitnodiging (?:geaccepteerd|geweigerd)|(?:zaakceptował|odrzucił).{0,20}zaproszenie|calendar\.google\.com",
    re.IGNORECASE,
)

# -- A desk that received a request: three signs of four ----------------------------------------------------

RECEIVED = re.compile(
    r"(?:your|the|this|a) (?:support )?(?:request|ticket|case|inquiry|enquiry|message|e-?mail|query|incident|"
    r"follow-up)\b[^\n]{0,80}(?:has been|was|is|have been) (?:\w{1,12} )?"
    r"(?:received|created|opened|registered|logged|queued)|"
    r"acknowledge that we have received|in response to the creation of|we(?: have|'ve) received your (?:request|"
    r"inquiry|enquiry|ticket)|request received|ticket (?:received|opened|created)|"
    r"votre (?:demande|requête|ticket)\b[^\n]{0,60}(?:a (?:bien )?été )(?:reçue?|enregistrée?|créée?|prise? en compte)|"
    r"su (?:solicitud|consulta|caso|ticket)\b[^\n]{0,60}ha sido (?:recibid|registrad|cread)|"
    r"hemos recibido su solicitud|"
    r"(?:ihre anfrage|ihr ticket|ihr anliegen)\b[^\n]{0,60}(?:eingegangen|erfasst|erstellt|registriert|erhalten)|"
    r"(?:ваш\S{0,2}|новая) (?:запрос|обращение|заявка)[^\n]{0,60}(?:получен|зарегистрирован|принят|создан)|"
    r"您的(?:请求|工单|申请|问题)[^\n]{0,20}(?:已收到|已创建|已受理|已提交)|تم (?:استلام طلبك|إنشاء تذكرة|فتح تذكرة)|"
    r"(?:seu|sua) (?:chamado|solicitação|ticket)\b[^\n]{0,60}(?:criad|abert|recebid|registrad)|"
    r"la (?:sua|tua) richiesta\b[^\n]{0,60}(?:ricevuta|creata|registrata)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\[[^\[\]]{0,60}#\s?\d+\]|(?:ticket|request|case|incident|reference|tracking|demande|solicitud|anfrage|chamado|"
    r"обращени\S{0,2}|заявк\S{0,2}|запрос\S{0,2}|工单|تذكرة)(?:\s(?:id|number|no\.?|nr\.?|n°|№|号|-))*[\s\-:：#№(\"]{0,5}\d{2,}",
    re.IGNORECASE,
)
PROMISED = re.compile(
    r"(?:please )?do not reply to this|reply above this line|support (?:staff|team|representative|agent)|"
    r"as soon as possible|will be (?:reviewed|answered|processed)|is being (?:reviewed|processed)|assigned #|"
    r"automatically (?:generated|created)|representative will|(?:dans les meilleurs|meilleurs) délais|ne pas répondre|"
    r"lo antes posible|a la brevedad|no responda|schnellstmöglich|so schnell wie möglich|nicht auf diese|"
    r"в ближайшее время|не отвечайте|尽快|请勿回复|في أقرب وقت|o mais breve|quanto prima|il prima possibile",
    re.IGNORECASE,
)
DESKS = re.compile(
    r"(?:support|help[-_.]?desk|help|service[-_.]?desk|service|tickets?|otrs|zammad|rt|customer[-_.]?(?:care|service)|"
    r"care|contact|it|hotline|soporte|assistenza|suporte)(?:[-_+.][^@]*)?@|.{1,60}@[^@]{1,80}\.(?:zendesk|freshdesk|"
    r"helpscout|intercom)\.",
    re.IGNORECASE,
)

# -- A program that asks whether the sender is a person -------------------------------------------------------

CHALLENGE = re.compile(
    r"(?:please )?confirm (?:your (?:message|e-?mail)|that you)|verification (?:request|required|needed)|"
    r"verify your (?:message|e-?mail)|sender (?:verification|confirmation)|demande d'authentification|"
    r"message (?:held|awaiting) (?:for )?(?:confirmation|verification)|\(action required\)|"
    r"confirme o envio|confirmaci[oó]n de (?:remitente|envío)|подтвердите отправку",
    re.IGNORECASE,
)
CHALLENGED = re.compile(
    r"(?:has not (?:yet )?been delivered|being held|on hold|in quarantine|was waitlisted|"
    r"before (?:it|your|the) .{0,40}(?:deliver|accept)|to (?:have|get) your (?:message|e-?mail).{0,40}deliver|to prove|"
    r"spam ?arrest|boxbe|tmda|bluebottle|mail ?in ?black|one-time|only need to do this once|do this only once|"
    r"vous authentifier|não foi entregue)",
    re.IGNORECASE,
)
# Two of these, and no subject is needed.
OF_A_GUARD = re.compile(
    r"protecting myself from (?:receiving )?(?:junk|spam)|this account is protected by|spamarrest\.com|boxbe\.com|"
    r"bluebottle\.com|mail ?in ?black|knowspam|choicemail|was waitlisted|(?:my|recipient's) (?:guest|allowed|approved) "
    r"?(?:list|senders)|do this only once|click (?:on )?the (?:following )?link(?: below)? to (?:complete|have your)|"
    r"incoming messages only from senders|list of approved senders|i apologize for this automatic reply|tira-teima",
    re.IGNORECASE,
)
