"""A page with every hostile text of vectors.jsonl, as the site would show it.

`python -m tests.core.xss.gallery /tmp/gallery.html` writes it, to be looked at in any browser. Three ways in:
a post, the text of an HTML mail, and a title or name (in a template, as text and in attributes). The way "raw" puts the
vectors there untouched: it shows that those who look for trouble would see it.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

from core import text
from core.templatetags.text import stored_html
from notifications.reading import htmltext

VECTORS = [json.loads(line) for line in Path(__file__).with_name("vectors.jsonl").read_text("utf-8").splitlines()]

_NAME = Engine().from_string(
    "<p>{{ name }}</p><a href='/members/1/' title='{{ name }}'>{{ name }}</a>"
    '<input value="{{ name }}" aria-label="{{ name }}"><textarea>\n{{ name }}</textarea>'
    "<select><option>{{ name }}</select>"
)

_PAGE = Engine().from_string(
    """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ way }}</title>
<link rel="icon" href="data:,">
{{ head }}
</head>
<body>
<h1>{{ way }}</h1>
{% for vector, shown in vectors %}
<section>
<h2>{{ forloop.counter0 }} {{ vector.category }}</h2>
<pre class="source">{{ vector.vector }}</pre>
<article>{{ shown }}</article><hr class="end">
</section>
{% endfor %}
</body>
</html>"""
)


def as_post(vector):
    return text.render(vector)


def as_html_mail(vector):
    return text.render(htmltext.to_text(vector))


def as_name(vector):
    return _NAME.render(Context({"name": text.clean_line(vector, 200)}))


def raw(vector):
    return vector.encode("utf-8", "replace").decode()


WAYS = {"a post": as_post, "an HTML mail": as_html_mail, "a name": as_name, "raw": raw}


def page(way, *, head="", vectors=VECTORS):
    """The page for one of WAYS. head: HTML put before everything else, such as a script that watches."""
    shown = [
        ({**vector, "vector": ascii(vector["vector"])}, stored_html(WAYS[way](vector["vector"]))) for vector in vectors
    ]
    return _PAGE.render(Context({"way": way, "head": stored_html(head), "vectors": shown}))


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    Path(sys.argv[1]).write_text(page(sys.argv[2] if len(sys.argv) > 2 else "a post"), "utf-8")
