"""Why a letter did not arrive: one of few causes, from the status code (RFC 3463) and the other server's words.

Words go before codes where programs use the codes loosely: Exchange says 5.7.1 of a user it does not know, old systems
say 5.0.0 or 550 of everything, and a full mailbox is told under a dozen codes.
"""

import re

MOST_REASON = 2_000  # characters looked at

# Causes that make an address no good. Everything else passes, or is about the letter and not about the mailbox.
HARD = {"no_mailbox", "no_domain", "moved"}

FULL = re.compile(
    r"mail ?box(?: \S{1,80})? (?:is |was )?(?:currently )?(?:full|exceed)|full mail ?box|(?:in)?box (?:is )?full|over ?quota|"
    r"over (?:the |its |their |his |her )?(?:\w{1,20} )?(?:quota|limit)|quota (?:is |has been |was )?(?:exceed|full|violat|reach)|"
    r"exceed\w{0,3} .{0,60}(?:quota|storage|space|mail ?box)|insufficient (?:disk|storage|system|mailbox)|"
    r"(?:not enough|no more|lacks?|out of) (?:\w{1,20} ){0,2}(?:space|storage)|disk (?:quota|is full|full)|"
    r"storage (?:quota|limit|allocation)|mail ?box (?:size|storage)|too many messages (?:in|on)|account is full|"
    r"doesn't have enough|full or (?:is )?unavailable|"
    r"(?:buz[oó]n|bandeja|casilla).{0,20}llen[oa]|cuota|(?:bo[iî]te|messagerie).{0,30}(?:pleine|satur)|quota (?:est )?d[ée]pass|"
    r"(?:postfach|mailbox).{0,20}(?:voll|überfüllt)|kontingent|speicherplatz|переполнен|квот|"
    r"邮箱(?:已|空间)?(?:满|不足)|信箱.{0,6}滿|超(?:出|过).{0,10}(?:容量|配额|空间)|空间不足|ممتلئ|امتلأ|الحصة|"
    r"(?:メールボックス|受信).{0,12}(?:一杯|いっぱい|満杯)|容量.{0,8}(?:超|不足)|가득|용량|"
    r"caixa.{0,30}cheia|casella.{0,20}piena|skrzynk.{0,20}(?:pełn|przepełn)|schránk.{0,20}pln|postvak.{0,20}vol|dolu",
    re.IGNORECASE,
)
LARGE = re.compile(
    r"(?:message|mail|e-mail|attachment).{0,40}(?:too (?:large|big|long)|exceeds? .{0,40}(?:size|limit|length|maximum))|"
    r"(?:size|length) (?:limit )?exceed|exceeds? (?:the )?(?:max\w{0,6} )?(?:message |fixed )?(?:size|length)|"
    r"too (?:large|big) (?:message|mail)|слишком больш|邮件(?:过大|太大)|zu groß|trop (?:volumineux|grand)|demasiado grande",
    re.IGNORECASE,
)
BLOCKED = re.compile(
    r"\bspam|\bvirus|black ?list|block ?list|blocked|\brbl\b|dnsbl|spamhaus|spamcop|barracuda|reputation|\bdmarc\b|\bspf\b|"
    r"\bdkim\b|unsolicited|bulk mail|junk|\bbanned\b|content (?:reject|filter)|reverse dns|\bptr\b|\bhelo\b|phish|malware|"
    r"not (?:authori[sz]ed|permitted|allowed) to send|restricted|security polic|local polic|message (?:was |has been )?"
    r"(?:refused|discarded|blocked|filtered)|rate limit|too many (?:connections|recipients|errors|requests)|"
    r"relay(?:ing)? (?:\w{1,10} ){0,2}(?:denied|prohibited|not)|sender (?:address )?(?:rejected|denied|refused|verify|is blocked)|"
    r"垃圾|拒收|спам|отклонено политик|black-?holed",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"(?:has |user )moved|no longer (?:at|with|works|employed)|new address|address (?:has )?changed", re.IGNORECASE
)
NO_MAILBOX = re.compile(
    r"(?:user|recipient|address|mail ?box|account|alias|addressee|localpart|local part)(?:name)?s?(?: \S{1,80})?:? "
    r"(?:(?:is|was|are|has|have|been|of|in|name|here|currently|address|e-?mail|the|domain|does|do) ){0,4}"
    r"(?:unknown|invalid|not (?:found|exist|known|recogni|valid|listed|hosted|here|our|local|a (?:valid|known|user|customer|member))|disabled|"
    r"inactive|unavailable|suspended|closed|expired|deactivated|discontinued|terminated|non-?existent|deleted|cancell?ed|"
    r"doesn'?t exist|n't exist|nonexist|"
    r"no longer)|(?:un|not )known (?:user|recipient|address|mail ?box|account|local|alias)|unknown (?:or \w{1,20} )?(?:user|recipient|address|mailbox|local)|"
    r"(?:no|isn't an?|not an?|not our) (?:such |valid |known |active )?(?:user|recipient|mail ?box|address|account|person|customer|local user)|"
    r"no such|invalid (?:\w{1,20} )?(?:user|recipient|mailbox|address|mail ?drop|alias)|"
    r"(?:does|do|did)(?: ?n[o']?t)? (?:\w{1,10} )?(?:exist|have an? .{0,30}(?:account|mailbox))|doesn't have an? .{0,40}account|"
    r"(?:recipient|address|addressee|user|mailbox)s? (?:address )?(?:was |has been |is )?rejected|address rejected|rejected recipient|"
    r"account (?:that you tried to reach|is disabled|has been|doesn't|does not)|not (?:listed|found) in|no mailbox|bad (?:destination )?"
    r"(?:mailbox )?address|bad recipient|unrouteable address|unroutable|undeliverable address|not a (?:valid|local|known)|there is no one|"
    r"could(?:n't| not) be found|cannot be found|can't be found|not our customer|badly formed|delivery to this address|mailbox unavailable|"
    r"verify (?:the )?recipient|\btemporarily unavailable mailbox|"
    r"address not found|inexistant|n'existe pas|inconnue?|destinataire .{0,30}(?:inconnu|rejet)|no existe|desconocid|inexistente|"
    r"não existe|sconosciut|inesistente|non esiste|unbekannt|existiert nicht|не найден|не существует|неизвест|несуществ|заблокирован|"
    r"отключ|недоступ|不存在|查无此|没有此|無此|未找到|找不到|غير موجود|لا يوجد|غير معروف|لم يتم العثور|存在しま|見つかりません|"
    r"宛先.{0,12}不明|존재하지|nie istnieje|neexist|onbekend|bestaat niet|finns inte|bilinmeyen",
    re.IGNORECASE,
)
NO_DOMAIN = re.compile(
    r"(?:host|domain)(?: or domain)?(?: name)?(?: \S{1,80})? (?:is |was |does |do )?(?:unknown|not (?:found|exist|valid)|lookup failed|"
    r"invalid)|(?:unknown|no such|invalid|illegal|nonexistent|non-existent) (?:host|domain)|nxdomain|name service error|"
    r"host(?:name)? lookup fail|couldn't find any host|no mx|null ?mx|unrouteable mail domain|no route to domain|domain (?:has )?"
    r"(?:expired|no longer)|dns (?:error|failure|lookup|domain)|can't find .{0,40}(?:domain|host)|name server",
    re.IGNORECASE,
)
PASSING = re.compile(
    r"time(?:d)?[- ]?out|connection (?:refused|reset|dropped|lost|closed)|could ?n[o']t connect|unable to connect|greylist|gr[ae]y-?list|"
    r"try (?:again|later)|temporar|deferred|too busy|overload|network (?:error|unreachable|is)|no route to host|retry|"
    r"hop count|too many hops|mail loop|loop(?:s|ing)? (?:back|detect)|local configuration|system (?:error|problem)|i/o error|"
    r"service (?:unavailable|not available)|resources|queue|expired",
    re.IGNORECASE,
)
ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.@-])([45]\d\d)(?![\d.@])(?=[ -](?=\S)|\b.{0,3}$)")


def find(status, reason, action=""):
    """The cause as one word, "" when nothing tells it. `status` may be empty; `reason` is the server's words."""
    reason = reason[:MOST_REASON]
    tail = status.partition(".")[2]
    if tail == "2.2" or FULL.search(reason):
        return "full"
    if tail in ("2.3", "3.4") or LARGE.search(reason):
        return "too_large"
    if BLOCKED.search(reason):
        return "blocked"
    if tail == "1.6" or MOVED.search(reason):
        return "moved"
    if tail in ("1.2", "1.10", "4.4") or NO_DOMAIN.search(reason):
        return "no_domain"
    if tail in ("1.7", "1.8"):
        return "blocked"
    if tail in ("1.1", "1.3", "1.0", "2.1") or NO_MAILBOX.search(reason):
        return "no_mailbox"
    if tail.startswith("7."):
        return "blocked"
    if tail.startswith("6."):
        return "content"
    if tail.startswith("4.") or action == "delayed" or PASSING.search(reason):
        return "passing"
    if tail.startswith(("3.", "5.")):
        return "system"
    return "full" if re.search(r"(?<!\d)552[ -]", reason) else ""


def code(text):
    """The enhanced status code that stands in words ("5.1.1"), or one made of a plain reply code, or ""."""
    found = ENHANCED.search(text)
    if found and found[1][0] != "2":
        return found[1]
    plain = REPLY.search(text)
    return f"{plain[1][0]}.0.0" if plain else ""


def is_hard(kind, status, cause):
    """Permanent, and about the mailbox: not a full one, not a block, no complaint, no 4.x.x and no warning of a delay."""
    if kind != "failed" or status.startswith("4"):
        return False
    cause = cause or find(status, "")
    return cause in HARD if cause else status.startswith("5")
