"""Bounces: reports that a letter of ours was not delivered, or not yet.

The standard form (RFC 3464) gives address and status; for the rest, the ways in which qmail, Exim, Exchange, Notes and
the large providers word it. The result is for VERP-addressed mail, so a missing address is no harm.
"""

import re

from . import people, reports

MOST_TEXT = 20_000
SHORT = 600  # characters of a mail that says hardly more than that it failed

# Only programs have these names.
DAEMONS = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]?administrator|mmdf|mailsystem|mail[-_.]?delivery|"
    r"delivery[-_.]?subsystem|maildelivery|microsoftexchange\w*|bounces?|amavisd?|"
    r"symantec\w*)(?:[-_+.=][^@]*)?(?:@|$)|.{0,60}mailer-daemon@"
)
AT_TIMES = re.compile(r"(?:bounces?|amavisd?|symantec)\b")  # of these, what a person may have as well
DAEMON_NAMES = re.compile(
    r"mail(?:er)?[- ]?daemon|mail delivery (?:sub)?system|mail administrator|delivery subsystem|"
    r"system administrator|mail transfer agent|internet mail delivery|mail system\b|microsoft exchange|"
    r"系统管理员|系统退信|qq邮件管理员",
    re.IGNORECASE,
)
# People have these as well, so the words have to be those of a bounce beyond doubt.
HOUSES = re.compile(
    r"(?:post[-_]?master|postman|uucp|mdaemon|ims|imss|ndr|daemon|root|mailadmin|"
    r"mail[-_]?gateway|mail|no[-_.]?reply|do[-_.]?not[-_.]?reply|system|admin|smtp|"
    r"\w{0,30}smtp\w{0,30})(?:[-_+.=\\][^@]*)?@|.{0,60}-bounces?@"
)
SUBJECTS = re.compile(
    r"undeliver(?:ed|able)|un-?deliverable|unzustellbar|delivery (?:status|warning|failure|failed|has failed|report|"
    r"notification|error|problem|incomplete|delayed|attempt|unsuccessful|delay)|(?:mail|"
    r"message) delivery (?:failed|failure|delayed|problem|error|system|status)|"
    r"failure notice|returned (?:e?-?mail|message|to sender)|(?:mail|message|e-mail) (?:could not|cannot|"
    r"can't|was not|not) (?:be )?deliver|non[- ]?delivery|non[- ]?remis|nondeliverable|"
    r"delivery (?:status )?notification|mail (?:delivery )?failed|failed (?:mail|delivery|message|"
    r"to deliver|recipient)|"
    r"warning: (?:could not send|message|mail)|could not send message|mail (?:system )?error|"
    r"message (?:status|undeliverable|not delivered|bounced|rejected|delayed)|returned mail|"
    r"bounce(?:d)? (?:mail|message|email|back)|"
    r"undelivered mail returned|mail returned|problème de remise|échec de (?:la )?(?:remise|livraison|"
    r"distribution)|non remis|message non distribué|avis de non[- ]remise|no se (?:ha podido|pudo|"
    r"puede) entregar|correo devuelto|entrega fallida|no entregado|error de entrega|"
    r"delay delivery|état de remise|estado de entrega|übermittlungsstatus|stato del recapito|status de entrega|"
    r"статус доставки|состоянии доставки|传递状态|送達狀態|配信状態|배달 상태|حالة التسليم|не удается доставить|"
    r"não é possível entregar|non recapitabile|nicht zugestellt|zustellung (?:fehlgeschlagen|nicht)|unzustellbare|"
    r"zurückgesandt|"
    r"fehler bei der zustellung|übermittlungsfehler|nicht zustellbar|недоставлен|не доставлен|"
    r"не удалось доставить|возвращен|ошибка доставки|сообщение не доставлено|невозможно доставить|"
    r"退信|退件|无法投递|無法傳遞|未送达|投递失败|传递失败|系統退信|未传递|无法送达|"
    r"تعذر (?:تسليم|التسليم)|لم يتم التسليم|فشل (?:التسليم|"
    r"في التسليم|تسليم)|غير قابل للتسليم|تعذّر|não (?:foi )?entreg|devolvid|impossibile recapitare|"
    r"mancato recapito|mancata consegna|onbestelbaar|niet bezorgd|"
    r"配信(?:できません|不能|エラー)|届きませんでした|送信できませんでした|エラーメール|"
    r"メール(?:は)?送信(?:エラー|失敗)|배달(?:되지| 실패)|전송 실패|반송|"
    r"kan inte levereras|ej levererats|niedostarczon|nie dostarczono|nedoručiteln|kézbesíthetetlen|"
    r"doručení se nezdařilo|teslim edilemedi|permanent error|error (?:sending|during delivery)|"
    r"complaint about|メールエラー|sorry, your message|user unknown|mail failure|e-?mail rejected|undelivered|"
    r"rejected(?: mail)?:|address (?:not found|rejected)|mail not delivered|delivery of your|"
    r"could not be delivered|delivery-failed|blocked|mail rejected|spam\b|virus|abuse report|feedback",
    re.IGNORECASE,
)
BODIES = re.compile(
    r"this is the (?:mail(?:er)? (?:system|delivery (?:agent|system))|postfix program|qmail-send program|"
    r"machine generated|.{0,30}mail delivery)|"
    r"this message was created automatically by (?:the )?(?:mail delivery software|.{0,30})|(?:could|can|"
    r"was|were|is|are)(?:n't| ?not) (?:be )?(?:deliver|reach)|"
    r"i'm (?:sorry|afraid)[^.]{0,60}(?:deliver|wasn't able)|delivery to the following (?:recipients?|"
    r"addresses?) (?:failed|has been|was)|the following (?:address|recipient|message|destination|"
    r"organi[sz]ation)[^.]{0,60}(?:fail|error|could not|undeliver|problem|not)|"
    r"the original message was received|"
    r"transcript of session follows|permanent (?:fatal )?errors?|returned to sender|undeliver(?:able|ed)|"
    r"user unknown|unknown user|no such (?:user|person|mailbox|address)|mailbox (?:is )?(?:full|unavailable|"
    r"disabled|not found)|over ?quota|quota exceeded|does(?:n't| not) exist|"
    r"unable to deliver|failed to deliver|delivery (?:has )?(?:failed|failure)|not delivered|rejected (?:by|"
    r"for)|550[ -]\d?|5\.\d\.\d|4\.\d\.\d|remote host said|final-recipient:|diagnostic-code:|reporting-mta:|"
    r"did not reach the following|message (?:has )?not been delivered|account (?:has been |is )?(?:disabled|"
    r"suspended|inactive)|"
    r"не (?:может|удалось|был\w?) .{0,20}доставлен|无法(?:投递|送达|发送)|退信原因|被退回|無法投遞|"
    r"не удается доставить|não foi possível entregar|não pôde ser entregue|non è stato (?:consegnato|recapitato)|"
    r"kan niet worden bezorgd|nie można dostarczyć|배달할 수 없|teslim edilemedi|kunde inte levereras|"
    r"échec de la remise|"
    r"nebylo možné doručit|no se ha entregado|n'est pas parvenu|لم يتم تسليم|تعذر تسليم|未能(?:传递|递送|送达)|"
    r"not (?:yet )?been delivered|n'a pas pu être (?:remis|"
    r"distribu|livr)|no (?:se )?(?:pudo|ha podido) ser? entreg|konnte nicht zugestellt|送信できません|"
    r"配信(?:できません|"
    r"不能)|見つかりません|address(?:es)? (?:rejected|invalid|not found|unknown)|host unknown|"
    r"listed below|non[- ]?delivery|mailbox|recipient|failed addresses|retry time|cannot be found|no longer|"
    r"undeliverable|error delivering|did not like|does not like recipient",
    re.IGNORECASE,
)


PROVIDER = re.compile(r'(?:notification|event)Type\\?"\s{0,3}:\s{0,3}\\?"(?:Bounce|Complaint|DeliveryDelay)\\?"')


def find(mail):
    """(the sign, [Failure]) when a mail is a bounce or a complaint, else None."""
    if reports.says_only_delivered(mail):
        return None
    why = _standard(mail) or _by_sender(mail)
    return (why, reports.failures(mail)) if why else None


def _standard(mail):
    kind = mail.params.get("report-type", "").lower()
    if reports.is_complaint(mail):
        return "a complaint report (RFC 5965)"
    if "delivery-status" in kind or any(name in mail.types for name in reports.STATUS_TYPES):
        return "" if _is_passed_on(mail) else "a delivery report (RFC 3464)"
    if mail.has("x-failed-recipients"):
        return "X-Failed-Recipients is set"
    if kind == "mail" or (mail.types[:1] == ["multipart/report"] and not kind):
        return "a report"
    return ""


def _is_passed_on(mail):
    """A person forwards or answers a report: programs then attach its parts, but the mail itself is no report."""
    sender = mail.from_address
    if mail.types[:1] == ["multipart/report"] or DAEMONS.match(sender):
        return False
    if people.ANSWERED.match(mail.subject):
        return True
    return bool(sender) and not (
        _is_of_a_house(mail, sender) or _has_no_return_path(mail) or mail.has("auto-submitted")
    )


def _is_of_a_house(mail, sender):
    return bool(HOUSES.match(sender) or DAEMON_NAMES.search(mail.from_name))


def _has_no_return_path(mail):
    """Some gateways drop that of people's mails as well."""
    path = mail.header("return-path").replace(" ", "").lower()
    is_empty = mail.has("return-path") and path in ("<>", "", "<mailer-daemon>")
    return is_empty and not (people.is_typed(mail) or _is_an_answer(mail))


def _is_an_answer(mail):
    return bool(people.ANSWERED.match(mail.subject)) and people.is_answer(mail)


def _by_sender(mail):
    """A sign that no person sent it, and the words of a bounce; either alone is not enough."""
    null = _has_no_return_path(mail)
    sender = mail.from_address or mail.header("from").strip().lower()
    is_typed = people.is_typed(mail)
    daemon = DAEMONS.match(sender) or mail.header("return-path").lower().startswith("<mailer-daemon")
    daemon = bool(daemon) and not (is_typed and AT_TIMES.match(sender))
    house = _is_of_a_house(mail, sender)
    program = any(mail.has(name) for name in PROGRAMS) or PRECEDENCE.match(mail.header("precedence").strip())
    program = program or mail.header("auto-submitted").strip().lower().startswith("auto")
    answered = bool(people.ANSWERED.match(mail.subject))
    named = bool(SUBJECTS.search(mail.subject)) and not answered
    if mail.header("auto-submitted").lower().startswith("auto-replied") and not named and not daemon:
        return ""
    anonymous = not mail.from_address
    if not (null or daemon or house or program or anonymous):
        return ""
    body = mail.text()[:MOST_TEXT]
    strict = {found.lower() for found in STRICT.findall(body[:4_000])}
    if daemon and (named or BODIES.search(body)):
        return "a mail system's name and words"
    if anonymous and not null and any(mail.has(name) for name in PERSONAL):
        return ""
    is_sure = len(strict) > 1 or (strict and (OF_A_REPORT.search(body) or len(body) < SHORT))
    if (null or anonymous) and ((named and BODIES.search(body)) or is_sure):
        return "a mail system's words, no return path"
    if PROVIDER.search(body):
        return "a provider's report"
    postmaster = POSTMASTER.match(sender)
    personal = any(mail.has(name) for name in PERSONAL) or (mail.has("in-reply-to") and not postmaster)
    personal = personal or (_is_an_answer(mail) and not OF_A_REPORT.search(people.own_words(mail)))
    if (answered and SUBJECTS.search(mail.subject)) or (personal and not named):
        return ""
    if named and (strict or (postmaster and SUBJECTS.match(mail.subject.strip()))):
        return "a mail system's subject and words"
    if house and strict and ("message/rfc822" in mail.types or len(strict) > 1):
        return "the words of a mail system"
    return ""


PROGRAMS = ("x-autogenerated", "x-failed-recipients", "x-mdaemon-deliver-to")
PERSONAL = ("user-agent", "x-mailer", "x-originating-ip")
POSTMASTER = re.compile(r"post[-_]?master")
PRECEDENCE = re.compile(r"bulk|junk|auto", re.IGNORECASE)
OF_A_REPORT = re.compile(
    r"(?im)^\s{0,8}(?:rcpt to:|mail from:|error message below|message details:|final-recipient:|diagnostic-code:|"
    r"remote host said|----- transcript|this is the .{0,40}(?:program|system))"
)
STRICT = re.compile(
    r"final-recipient:|diagnostic-code:|this is the (?:qmail-send|mail system|postfix)|"
    r"delivery to the following|undeliverable|could not be (?:successfully )?delivered|"
    r"permanent fatal errors|transcript of session|(?:user|recipient|host) unknown|unknown (?:user|"
    r"recipient)|"
    r"mailbox (?:is )?full|mailbox unavailable|does not exist|remote host said|unable to deliver|"
    r"failed recipients|created automatically by|no such user|invalid user|full mailbox|"
    r"returned permanent errors|(?:user|recipient) not known|encountered while trying to deliver|"
    r"did not receive a copy|permanent delivery failure|"
    r"不在|配信できません|送信できません|无法投递|退信|complaint about message",
    re.IGNORECASE,
)
