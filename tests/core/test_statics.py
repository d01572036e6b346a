"""Scripts, style sheets and screens are sent without what only readers of their source need."""

from pathlib import Path

import pytest
from django.template import Context, Template

from core import statics

pytestmark = pytest.mark.sqlite_only


def test_comments_and_indentation_are_not_sent():
    assert statics.lighter("a.js", b"// Why\n\n  const a = 1; // what\n    go(a);\n") == b"const a=1;go(a);"
    assert statics.lighter("a.css", b"/* Why\n so */\na {\n  color: red;\n}\n") == b"a{color:red}"
    assert statics.lighter("admin/a.js", b"  // theirs") == b"  // theirs"


def test_files_are_collected_so(tmp_path, settings):
    storage = statics.Storage(location=tmp_path, base_url="/static/")

    with Path(settings.BASE_DIR, "static", "connect.js").open("rb") as source:
        storage.save("connect.js", source)

    sent = (tmp_path / "connect.js").read_bytes()
    assert b"alphornLive" in sent
    assert b"\n " not in sent
    assert not sent.startswith(b"//")


def test_what_people_wrote_keeps_its_lines_on_a_page_without_indentation():
    page = Template(
        "{% load light %}{% light %}<p>\n   <b>a</b>\n\n   b</p>\n  <textarea>{{ wrote }}</textarea>{% endlight %}"
    )

    assert page.render(Context({"wrote": "One\n  two\n\nthree"})) == (
        "<p>\n<b>a</b>\nb</p>\n<textarea>One\n  two\n\nthree</textarea>"
    )
