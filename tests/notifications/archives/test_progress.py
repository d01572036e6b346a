"""How far a long command says it is."""

import io

from notifications.archives import progress


class Terminal(io.StringIO):
    """What Django's commands write to; `isatty` decides how it is drawn."""

    def __init__(self, is_terminal):
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self):
        return self.is_terminal

    def write(self, text, ending="\n"):
        super().write(text + ending)


def test_a_terminal_gets_a_bar_drawn_in_place(monkeypatch):
    out = Terminal(is_terminal=True)
    shown = progress.Progress(out)
    monkeypatch.setitem(progress.EACH, True, 0)

    shown("written", 50, 100)
    shown("written", 100, 100)
    shown.end()

    assert out.getvalue().startswith("\rWriting posts [###############               ]  50%")
    assert "\rWriting posts [##############################] 100%" in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_elsewhere_a_line_is_written_now_and_then(monkeypatch):
    out = Terminal(is_terminal=False)
    shown = progress.Progress(out)

    shown("read", 1, 100)
    assert out.getvalue() == ""

    monkeypatch.setitem(progress.EACH, False, 0)
    shown("read", 50, 100)
    assert out.getvalue().startswith("Looking at the mails  50%, ")
    assert "#" not in out.getvalue()
