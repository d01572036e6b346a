"""Signs that a person wrote: the program they type in, a subject that answers, words beside what is quoted."""

import re

MOST_WORDS = 3_000

ANSWERED = re.compile(
    r"\s*(?:\[[^\[\]]{1,60}\]\s*)?(?:re|fwd?|aw|wg|tr|rv|sv|vs|vb|vl|antw|ref|rif|resp?|rsp|rép|enc|pd|odp|odg|atb|"
    r"ynt|ilt|bls|ha|r|i|απ|πρθ|отв|ответ|回复|答复|转发|回覆|回應|回应|轉寄|返信|転送|답장|전달|رد|إعادة توجيه|"
    r"תגובה|השב|הועבר)\s*(?:\[\d+\]|\(\d+\))?\s?[:：]",
    re.IGNORECASE,
)
TYPED_IN = re.compile(
    r"thunderbird|mozilla|icedove|seamonkey|postbox|iphone|ipad|apple mail|outlook|windows (?:live )?mail|\bk-?9\b|"
    r"\bmutt|evolution|roundcube|squirrel|horde|\bimp\b|\bkmail|\bclaws|sylpheed|gnus|mu4e|emacs|wanderlust|the bat|"
    r"airmail|\bspark\b|foxmail|bluemail|fairemail|aqua ?mail|web ?mail|webservice|ymail|\bopera\b|alpine|\bpine\b|"
    r"eudora|mailspring|canary|samsung|android|proton|\btuta|sogo|rainloop|snappymail|em ?client|pegasus|geary|"
    r"mailbird|blackberry|incredimail|(?:lotus|ibm|hcl) notes|git-send-email",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"\s*(?:-{2,}\s?.{0,40}(?:original|forward|weitergeleit|transf|reenviad|原始|转发|исходн|пересыл|الأصلية).{0,40}|"
    r"_{10,}\s*$|"
    r".{10,200}(?:wrote|écrit|escribió|schrieb|ha scritto|escreveu|schreef|пишет|написал|写道|كتب)\s?[:：]\s*$)",
    re.IGNORECASE,
)


def is_typed(mail):
    """A program in which people write names itself; those of servers do not count."""
    return any(TYPED_IN.search(mail.header(name)[:300]) for name in ("user-agent", "x-mailer"))


def is_click_to_stop(mail):
    """Somebody pressed "unsubscribe" in Apple Mail, which then answers our List-Unsubscribe as if it were a program."""
    return mail.has("x-apple-unsubscribe") and mail.subject.strip() == "STOP"


def is_answer(mail):
    """It names the mail that it answers."""
    return mail.has("in-reply-to") or mail.has("references")


def own_words(mail):
    """The first words of a mail without what it quotes, which says nothing of the mail itself."""
    rows = []
    for row in mail.text()[: MOST_WORDS * 2].split("\n"):
        if QUOTED.match(row[:300]):
            break
        if not row.startswith((">", "|")):
            rows.append(row)
    return "\n".join(rows).strip()[:MOST_WORDS]
