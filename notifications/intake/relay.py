"""Messages between a member and the moderators of a workspace: passed on by us, so that nobody's address is shown."""

from django.utils.translation import gettext as _

from core import languages
from core.access import Refused
from forum.models import Seat
from members.models import Member
from members.rules import sign_in
from notifications import answers, letters
from notifications.answers import Answerable, Taken
from notifications.intake import explaining
from notifications.models import Letter


def tell_moderators(member, workspace, said):
    """One letter to each moderator of the workspace; what they answer comes back to the member."""
    seats = workspace.seats.filter(role=Seat.Role.MODERATOR, member__is_active=True).select_related("member")
    others = [seat.member for seat in seats if seat.member_id != member.pk]
    if not others:
        raise Refused(_("“%(workspace)s” has no moderator now.") % {"workspace": workspace}, text=said.text)
    for other in others:
        _pass_on(member, other, said, workspace=workspace)
    return Taken(workspace.reference)


def answer_writer(member, writer, said):
    """What a moderator answers goes to the member who wrote, and the other way round."""
    _pass_on(member, writer, said)
    return Taken(writer.reference)


def _pass_on(writer, reader, said, workspace=None):
    context = {"writer": writer, "text": said.text, "subject": said.subject, "workspace": workspace}
    subject, text = explaining.render("note", context, reader)
    with languages.speaking(reader.language):
        letters.compose(
            member=reader,
            subject=subject,
            text=text,
            kind=Letter.Kind.NOTICE,
            about=f"writer:{writer.pk}",
            workspace=workspace,
            sender_name=writer.shown_name,
            key=f"note:{said.key.partition(':')[2][:40]}:{reader.pk}",
        )


def find_writer(member, pk):
    return Member.objects.filter(pk=pk, is_active=True).first()


def register():
    """What a letter of these may be answered with; called once, when the app starts."""
    answers.register(
        "moderators",
        Answerable(
            find=answers.find_workspace,
            is_open=sign_in,
            take=tell_moderators,
            place=lambda workspace: f"moderators:{workspace.pk}",
        ),
    )
    answers.register(
        "writer",
        Answerable(find=find_writer, is_open=sign_in, take=answer_writer, place=lambda writer: f"writer:{writer.pk}"),
    )
