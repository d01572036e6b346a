"""Incoming mail in the admin: what became of each mail, its bytes as text, and a second try for what failed."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import text as texts
from notifications import inbound
from notifications.intake.outcomes import WORDS
from notifications.models import Answer, Arrival

MOST_SHOWN = 100_000  # bytes of a mail that are shown
OPEN = (Arrival.State.HELD, Arrival.State.FAILED, Arrival.State.NEW, Arrival.State.READ)


class ReadOnly(admin.ModelAdmin):
    """Rows are looked at; what may be done to them are actions."""

    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Arrival)
class ArrivalAdmin(ReadOnly):
    list_display = (
        "pk",
        "received_at",
        "state",
        "outcome",
        "klass",
        "from_address",
        "recipient",
        "subject",
        "attempts",
    )
    list_filter = ("state", "outcome", "klass", "door", "received_at")
    search_fields = ("from_address", "recipient", "=message_id", "subject")
    ordering = ("-pk",)
    actions = ("retry", "take_as_theirs", "give_up")
    fields = (
        ("state", "outcome", "klass"),
        ("received_at", "door", "done_at"),
        ("from_address", "envelope_sender", "recipient"),
        ("member", "letter", "issue"),
        ("subject", "message_id"),
        ("problems", "attempts", "confirmed_at"),
        "error",
        "answers_shown",
        ("size", "sha256"),
        "raw_shown",
    )
    readonly_fields = ("raw_shown", "answers_shown")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw")

    @admin.display(description=_("outcome"), ordering="outcome")
    def outcome_shown(self, arrival):
        return WORDS.get(arrival.outcome, arrival.outcome)

    @admin.display(description=_("as it came"))
    def raw_shown(self, arrival):
        # Shown as text, escaped by the template; mail is bytes, so what is no UTF-8 is shown as such.
        shown = texts.clean_text(bytes(arrival.raw[:MOST_SHOWN]).decode("utf-8", "backslashreplace"))
        return shown + ("\n…" if arrival.size > MOST_SHOWN else "")

    @admin.display(description=_("answers"))
    def answers_shown(self, arrival):
        rows = (f"#{row.code} {row.get_state_display()} {row.result} {row.reason}" for row in arrival.answers.all())
        return "\n".join(rows) or "–"

    @admin.action(description=_("Try again now"), permissions=["view"])
    def retry(self, request, queryset):
        """Failed and held mails go in again; each answer that was taken already stays one."""
        self._run(request, queryset.filter(state__in=OPEN))

    @admin.action(description=_("Take as the member's own (the sender is known to you)"), permissions=["view"])
    def take_as_theirs(self, request, queryset):
        waiting = queryset.filter(state=Arrival.State.HELD, outcome="wrong_sender")
        pks = list(waiting.values_list("pk", flat=True))
        Arrival.objects.filter(pk__in=pks).update(confirmed_at=timezone.now())
        self._run(request, Arrival.objects.filter(pk__in=pks))

    def _run(self, request, queryset):
        pks = list(queryset.values_list("pk", flat=True)[:100])
        state = {"state": Arrival.State.NEW, "attempts": 0, "claimed_until": None}
        Arrival.objects.filter(pk__in=pks).update(**state)
        done = sum(
            inbound.process(arrival).state == Arrival.State.DONE for arrival in Arrival.objects.filter(pk__in=pks)
        )
        text = ngettext("%(count)s mail was tried again, ", "%(count)s mails were tried again, ", len(pks))
        text += ngettext("%(done)s is done.", "%(done)s are done.", done)
        messages.info(request, text % {"count": len(pks), "done": done})

    @admin.action(description=_("Give up"), permissions=["view"])
    def give_up(self, request, queryset):
        """The mail stays, and is not tried again."""
        state = {"state": Arrival.State.DONE, "outcome": "given_up", "done_at": timezone.now(), "claimed_until": None}
        count = queryset.filter(state__in=OPEN).update(**state)
        text = ngettext("%(count)s mail was given up.", "%(count)s mails were given up.", count)
        messages.info(request, text % {"count": count})


@admin.register(Answer)
class AnswerAdmin(ReadOnly):
    list_display = ("pk", "created_at", "member", "code", "about", "state", "result", "told_at", "told_in")
    list_filter = ("state", "created_at")
    search_fields = ("=about", "=result", "member__email", "member__name")
    list_select_related = ("member", "told_in")
    ordering = ("-pk",)
