"""How entries about statements read in one line. What a member answered is told to that member alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.models import Statement
from journal import verbs
from members.verbs import who

STATEMENTS = {
    "statement.proposed": gettext_noop("%(who)s proposed a statement: “%(about)s”"),
    "statement.shown": gettext_noop("%(who)s let a statement appear: “%(about)s”"),
    "statement.declined": gettext_noop("%(who)s declined a statement: “%(about)s”"),
    "statement.hidden": gettext_noop("%(who)s took statement %(number)s down: %(reason)s"),
    "statement.restored": gettext_noop("%(who)s showed a statement again: “%(about)s”"),
    "statement.declared": gettext_noop("%(who)s said whom they are counted with"),
    "statement.answered": gettext_noop("%(who)s answered the statement “%(about)s”"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in STATEMENTS.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), **_facts(entry)}


def _facts(entry):
    """Of one that was taken down nothing but its number stands in any line."""
    data = entry.data or {}
    statement = Statement.objects.filter(pk=entry.about_id).first()
    about = _("Statement %(number)s") % {"number": statement.number} if statement and statement.is_hidden else statement
    return {"about": about or "", "number": data.get("number", ""), "reason": data.get("reason", "")}
