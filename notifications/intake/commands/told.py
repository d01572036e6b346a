"""What a member hears of a command that needs no more than a word, and where they have a seat."""

from forum.models import Workspace


def done(case):
    if ("set_done", {}) not in case.replies:
        case.replies.append(("set_done", {}))


def unknown(case, verb):
    case.replies.append(("command_unknown", {"wanted": verb}))


def seats_of(case):
    return list(Workspace.objects.seated(case.member).order_by("name"))
