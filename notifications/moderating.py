"""What waits in a workspace, as a thing that its moderators can answer by mail: `SHOW P12` lets a post appear, `DECLINE
P13 why` sends it back. Web and mail end in the same services.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import languages
from core.access import Refused
from core.languages import apart
from forum import rules
from forum.models import Post, Workspace
from forum.services import posts
from notifications import answers
from notifications.intake import explaining
from notifications.reading import verdicts

KIND = "pending"


def reference(workspace):
    return f"{KIND}:{workspace.pk}"


def how(shown, declined):
    """How a reply decides; shown: the codes in an example, declined: one in another."""
    language = languages.own_code(get_language())
    said = _("To let them appear, answer with a line: %(show)s. To decline one, with the reason for its author: %(no)s")
    return said % {
        "show": apart(f"{verdicts.SHOW[language]} {', '.join(shown)}"),
        "no": apart(f"{verdicts.DECLINE[language]} {declined} …"),
    }


def find(member, pk):
    """The workspace, for its moderators."""
    workspace = Workspace.objects.visible_to(member).filter(pk=pk).first()
    return workspace if workspace and rules.moderate(member, workspace) else None


def take(member, workspace, said):
    """Decide on each post that is named; what cannot be decided comes back with the reason."""
    done, refused = [], {}
    for verdict in verdicts.read(said.text):
        try:
            done.append(_decide(member, workspace, verdict))
        except Refused as no:
            refused.setdefault(str(no.reason), []).append(_line(verdict))
    if not done:
        reason = "\n".join(refused) or how(["P12", "P14"], "P13")
        raise Refused(reason, text=said.text)
    results, notes = zip(*done, strict=True)
    return answers.Taken(results[0], note=explaining.together(notes, refused), is_partly=bool(refused))


def _decide(member, workspace, verdict):
    """(reference, the sentence on it)"""
    code = f"P{verdict.number}"
    post = Post.objects.filter(pk=verdict.number, thread__workspace=workspace).first()
    if post is None:
        raise Refused(_("No post %(code)s waits here.") % {"code": code})
    if verdict.is_shown:
        posts.approve(by=member, post=post)
        return post.reference, _("post %(code)s appears") % {"code": code}
    posts.decline(by=member, post=post, reason=verdict.reason)
    return post.reference, _("post %(code)s is declined") % {"code": code}


def _line(verdict):
    word = (verdicts.SHOW if verdict.is_shown else verdicts.DECLINE)[languages.own_code(get_language())]
    return f"{word} P{verdict.number} {verdict.reason}".strip()


def register():
    """Called once, when the app is ready."""
    answers.register(
        KIND,
        answers.Answerable(
            find=find,
            is_open=lambda member, workspace: True,
            take=take,
            place=reference,
            hears_soon=lambda member, workspace: True,
            is_one=True,
            takes_files=False,
        ),
    )
