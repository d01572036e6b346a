"""What a line does with the thing it names: `ALP/2026/C3/14: associate`, or with whose name: `...: associate WWF`."""

from django.utils.translation import gettext as _

from forum import keepers
from notifications import references
from notifications.intake import proofs
from notifications.intake.told import not_done, trying


def deed(verb):
    """The command that does this to what its argument names."""

    def carry_out(case, argument):
        reference, _space, name = argument.partition(" ")
        asked = f"{reference}: {verb}"
        found = references.find(case.member, reference)
        if found is None or found.thing is None:
            return not_done(asked, _("There is nothing under this reference for you. Check it, and send it again."))
        attempt = keepers.Attempt(at=case.arrival.received_at)

        def prove():
            return proofs.sent_at(case)

        return trying(asked, lambda: references.do(verb, case.member, found.thing, name, attempt, prove))

    return carry_out
