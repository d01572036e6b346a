"""Why a letter did not arrive: one of few causes, from the status code (RFC 3463) and the other server's words.

Words go before codes where programs use the codes loosely: Exchange says 5.7.1 of a user it does not know, old systems
say 5.0.0 or 550 of everything, and a full mailbox is told under a dozen codes.
"""

import re

MOST_REASON = 2_000  # characters looked at

# Causes that make an address no good. Everything else passes, or is about the letter and not about the mailbox.
HARD = {"no_mailbox", "no_domain", "moved"}


def _any(*patterns):
    return re.compile("|".join(patterns), re.IGNORECASE)


FULL = _any(
    r"mail ?box(?: \S{1,80})? (?:is |was )?(?:currently )?(?:full|exceed)|full mail ?box|(?:in)?box (?:is )?full",
    r"over ?quota|over (?:the |its |their |his |her )?(?:\w{1,20} )?(?:quota|limit)|account is full",
    r"quota (?:is |has been |was )?(?:exceed|full|violat|reach)|disk (?:quota|is full|full)|doesn't have enough",
    r"exceed\w{0,3} .{0,60}(?:quota|storage|space|mail ?box)|insufficient (?:disk|storage|system|mailbox)",
    r"(?:not enough|no more|lacks?|out of) (?:\w{1,20} ){0,2}(?:space|storage)|storage (?:quota|limit|allocation)",
    r"mail ?box (?:size|storage)|too many messages (?:in|on)",
    r"(?:buz[oó]n|bandeja|casilla).{0,20}llen[oa]|cuota|(?:bo[iî]te|messagerie).{0,30}(?:pleine|satur)",
    r"quota (?:est )?d[ée]pass|(?:postfach|mailbox).{0,20}(?:voll|überfüllt)|kontingent|speicherplatz",
    r"переполнен|квот|邮箱(?:已|空间)?(?:满|不足)|信箱.{0,6}滿|超(?:出|过).{0,10}(?:容量|配额|空间)|空间不足",
    r"ممتلئ|امتلأ|الحصة|(?:メールボックス|受信).{0,12}(?:一杯|いっぱい|満杯)|容量.{0,8}(?:超|不足)|가득",
    r"caixa.{0,30}cheia|casella.{0,20}piena|skrzynk.{0,20}(?:pełn|przepełn)|schránk.{0,20}pln|postvak.{0,20}vol",
)
LARGE = _any(
    r"(?:message|mail|e-mail|attachment).{0,40}(?:too (?:large|big|long)|exceeds? .{0,40}(?:size|limit|length))",
    r"(?:size|length) (?:limit )?exceed|exceeds? (?:the )?(?:max\w{0,6} )?(?:message |fixed )?(?:size|length)",
    r"too (?:large|big) (?:message|mail)|слишком больш|邮件(?:过大|太大)|zu groß|trop (?:volumineux|grand)",
    r"demasiado grande",
)
BLOCKED = _any(
    r"\bspam|\bvirus|black ?list|block ?list|blocked|\brbl\b|dnsbl|spamhaus|spamcop|barracuda|reputation|\bdmarc\b",
    r"\bspf\b|\bdkim\b|unsolicited|bulk mail|junk|\bbanned\b|content (?:reject|filter)|reverse dns|\bptr\b|\bhelo\b",
    r"phish|malware|not (?:authori[sz]ed|permitted|allowed)|restricted|polic(?:y|ies)|authenticat|rate limit",
    r"message (?:was |has been )?(?:refused|discarded|blocked|filtered)|(?:message|mail|e-mail) (?:content )?rejected",
    r"too many (?:connections|recipients|errors|requests)|no relaying|address is not verified|black-?holed",
    r"relay(?:ing)? (?:\w{1,10} ){0,2}(?:denied|prohibited|not)",
    r"sender (?:address )?(?:rejected|denied|refused|verify|is blocked)|(?:unrout\w{2,4}|unknown|invalid) sender|"
    r"receiving mail at a rate|too quickly",
    r"垃圾|拒收|спам|отклонено политик",
    # what is refused before any recipient was named is about us, not about the mailbox
    r"(?:after|in reply to|following) (?:the )?(?:initial connection|mail from|helo|ehlo)",
)
MOVED = _any(r"(?:has |user )moved|no longer (?:at|with|works|employed)|new address|address (?:has )?changed")
NO_MAILBOX = _any(
    r"(?:user|recipient|address|mail ?box|account|alias|addressee|localpart|local part)(?:name)?s?(?: \S{1,80})?:? "
    r"(?:(?:is|was|are|has|have|been|of|in|name|here|currently|address|e-?mail|the|domain|does|do) ){0,4}"
    r"(?:unknown|invalid|disabled|inactive|unavailable|closed|expired|deactivated|discontinued|terminated|deleted|"
    r"cancell?ed|non-?exist|doesn'?t exist|no longer|"
    r"not (?:found|exist|known|recogni|valid|listed|hosted|here|our|local|a (?:valid|known|user|customer|member)))",
    r"(?:unknown|not known) (?:or \w{1,20} )?(?:user|recipient|address|mail ?box|account|local|alias)",
    r"(?:no|isn't an?|not an?|not our) (?:such |valid |known |active )?"
    r"(?:user|recipient|mail ?box|address|account|person|customer|local user)|no such",
    r"invalid (?:\w{1,20} ){0,2}(?:user|userid|recipient|mailbox|address|mail ?drop|alias)",
    r"(?:does|do|did)(?: ?n[o']?t)? (?:\w{1,10} )?(?:exist|have an? .{0,30}(?:account|mailbox))",
    r"doesn't have an? .{0,40}account|account (?:that you tried to reach|is disabled)",
    r"not (?:listed|found) in|no mailbox|bad (?:destination )?(?:mailbox )?address|bad recipient|unrouteable address",
    r"unroutable|undeliverable address|there is no one|(?:could|can) ?n[o']t be found|(?:was|is)n't found",
    r"recipient address rejected: access denied|not our customer|badly formed|mailbox unavailable|address not found|"
    r"not a registered|validation failed",
    r"inexistant|n'existe pas|inconnue?|destinataire .{0,30}(?:inconnu|rejet)|no existe|desconocid|inexistente",
    r"não existe|sconosciut|inesistente|non esiste|unbekannt|existiert nicht|не найден|не существует",
    r"неизвест|несуществ|отключ|недоступ|不存在|查无此|没有此|無此|未找到|找不到|غير موجود|لا يوجد|غير معروف",
    r"bestaat niet|finns inte|لم يتم العثور|تعذر العثور|introuvable|no se (?:ha encontrado|encontró)|niet gevonden|"
    r"nicht gefunden|hittades inte|(?:blev )?ikke fundet|ei löyty|nie (?:został )?znalezion|nebyl nalezen|neexistuje|"
    r"não (?:foi )?encontrad|non (?:è stato )?trovat|bulunamad|찾을 수 없|nem található|nu a fost găsit|не знайден|"
    r"tidak ditemukan|không tìm thấy|ไม่พบ|לא נמצא|δεν βρέθηκε|نام.{0,10}یافت نشد|存在しま|見つかりません|"
    r"宛先.{0,12}不明|존재하지|nie istnieje|onbekend",
)
REJECTED = _any(  # says that, not why; taken for a missing mailbox when the code does not speak of a block
    r"(?:recipient|address|addressee|user|mailbox)s? (?:address )?(?:was |has been |is )?rejected|rejected recipient",
)
NO_DOMAIN = _any(
    r"(?:host|domain)(?: or domain)?(?: name)?(?: \S{1,80})? (?:is |was |does |do )?"
    r"(?:unknown|not (?:found|exist|valid)|lookup failed|invalid)|nxdomain|name service error|null ?mx|no smtp service",
    r"(?:unknown|no such|invalid|illegal|nonexistent|non-existent) (?:host|domain)|host(?:name)? lookup fail",
    r"couldn't find any host|no mx|unrouteable mail domain|no route to domain|domain (?:has )?(?:expired|no longer)",
    r"dns (?:error|failure|lookup|domain)|can't find .{0,40}(?:domain|host)|destination domain",
)
PASSING = _any(
    r"time(?:d)?[- ]?out|connection (?:refused|reset|dropped|lost|closed)|could ?n[o']t connect|unable to connect",
    r"gr[ae]y-?list|try (?:again|later)|temporar|deferred|too busy|overload|network (?:error|unreachable|is)|retry",
    r"no route to host|hop count|too many hops|mail loop|loop(?:s|ing)? (?:back|detect)|local configuration|queue",
    r"system (?:error|problem)|i/o error|service (?:currently )?(?:unavailable|not available)|resources|expired",
    r"malformed or unexpected|frozen|suspended|protocol violation|pipe to",
)
AGAIN = _any(r"try again|malformed|temporar")

# In this order: (cause, what follows the first digit of the status, words).
RULES = (
    ("full", ("2.2",), FULL),
    ("too_large", ("2.3", "3.4"), LARGE),
    ("blocked", ("1.7", "1.8"), BLOCKED),
    ("moved", ("1.6",), MOVED),
    ("no_domain", ("1.2", "1.10", "4.4"), NO_DOMAIN),
    ("no_mailbox", ("1.1", "1.3", "2.1"), NO_MAILBOX),
)
CLASSES = {"7.": "blocked", "6.": "content", "3.": "system", "5.": "system"}

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.@-])([45]\d\d)(?![\d.@])(?=[ -](?=\S)|\b.{0,3}$)")


def find(status, reason, action=""):
    """The cause as one word, "" when nothing tells it. `status` may be empty; `reason` is the server's words."""
    reason = reason[:MOST_REASON].replace("\u2019", "'")
    tail = status.partition(".")[2]
    for cause, codes, words in RULES:
        if tail in codes or words.search(reason):
            return "passing" if cause == "no_domain" and AGAIN.search(reason) else cause
    if tail.startswith("4.") or action == "delayed" or PASSING.search(reason):
        return "passing"
    by_class = next((cause for head, cause in CLASSES.items() if tail.startswith(head)), "")
    return by_class or ("no_mailbox" if REJECTED.search(reason) else "")


def code(text):
    """The enhanced status code that stands in words ("5.1.1"), or one made of a plain reply code, or ""."""
    found = ENHANCED.search(text)
    if found and found[1][0] != "2":
        return found[1]
    plain = REPLY.search(text)
    return f"{plain[1][0]}.0.0" if plain else ""


def is_hard(kind, status, cause):
    """The mailbox or its domain is gone. A 4.x.x, a delay, a complaint, a block and what nobody explained are not."""
    return kind == "failed" and not status.startswith("4") and (cause or find(status, "")) in HARD
