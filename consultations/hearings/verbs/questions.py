"""How entries about live questions read in one line. Who endorsed what is told to that member alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from consultations.hearings.models import LiveQuestion
from journal import verbs
from members.verbs import who

QUESTIONS = {
    "asked.put": gettext_noop("%(who)s asked question %(number)s"),
    "asked.held": gettext_noop("%(who)s asked question %(number)s; it waits for a moderator"),
    "asked.shown": gettext_noop("%(who)s let question %(number)s of %(asked_by)s appear"),
    "asked.declined": gettext_noop("%(who)s declined question %(number)s: %(reason)s"),
    "asked.withdrawn": gettext_noop("%(who)s withdrew question %(number)s"),
    "asked.redacted": gettext_noop("%(who)s took words out of question %(number)s: %(reason)s"),
    "asked.endorsed": gettext_noop("%(who)s endorsed question %(number)s"),
    "asked.unendorsed": gettext_noop("%(who)s took back the endorsement of question %(number)s"),
    "asked.merged": gettext_noop("Question %(number)s was merged into question %(into)s"),
    "asked.unmerged": gettext_noop("Question %(number)s stands by itself again"),
    "asked.shortlisted": gettext_noop("Question %(number)s was shortlisted"),
    "asked.unshortlisted": gettext_noop("Question %(number)s was taken off the shortlist"),
    "asked.taken": gettext_noop("Question %(number)s of %(asked_by)s was taken up"),
    "asked.answered": gettext_noop("Question %(number)s of %(asked_by)s was answered"),
    "asked.addressed": gettext_noop("%(who)s asked %(name)s to answer question %(number)s in writing"),
    "asking.closed": gettext_noop("No more questions are taken on item %(label)s"),
    "asking.opened": gettext_noop("Questions are taken on item %(label)s again"),
}
WRITTEN = gettext_noop("%(answered_by)s answered question %(number)s of %(asked_by)s in writing")
MOST_NAMED = 5  # questions in one line


def register():
    """Called once, when the app is ready."""
    for verb, sentence in QUESTIONS.items():
        verbs.register(verb, line=_line(sentence))
    verbs.register("asked.counted", line=_counted)


def _line(sentence):
    def line(entry):
        data = entry.data or {}
        said = WRITTEN if entry.verb == "asked.answered" and "answered_by" in data else sentence
        return _(said) % (_facts(entry, data) | {"who": who(entry.actor)})

    return line


def _facts(entry, data):
    """Of what was erased the number is still told, which the row keeps."""
    names = ("number", "asked_by", "reason", "into", "name", "label", "answered_by")
    facts = {name: data.get(name, "") for name in names}
    if facts["number"] == "" and entry.about.startswith("live_question:"):
        facts["number"] = LiveQuestion.objects.filter(pk=entry.about_id).values_list("number", flat=True).first() or ""
    return facts


def _counted(entry):
    counts = (entry.data or {}).get("counts", {})
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:MOST_NAMED]
    named = ", ".join(f"Q{number}: {count}" for number, count in most)
    told = ngettext(
        "Endorsements of %(count)s question changed: %(named)s",
        "Endorsements of %(count)s questions changed: %(named)s",
        len(counts),
    )
    return told % {"count": len(counts), "named": named}
