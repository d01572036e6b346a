"""What people write, cleaned and rendered: seams every other part relies on."""

import html
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import markdown, text
from core.templatetags.text import stored_html

MARKUP = st.sampled_from(
    [
        *"[]()<>*_`\\!&#|->+.:=~\"'@/ \t",
        *("\n", "\n\n", "> ", "- ", "1. ", "    ", "](", "```\n", "|-|-|\n", "---\n", "===\n", "**", "a|b"),
        *("http://a.org/", "www.a.org", "<a@b.org>", "[a]: /b\n", "@@ -1 +1 @@\n", "javascript:", "<b>"),
        *("&lt;", "&#x41;", "&copy", "\u202e", "\x00", "\x0c", "\x85", "\u2028", "\ud800"),
        *("سلام", "漢字", "é", "😀", "word", "foo_bar"),
    ]
)
ANYTHING = st.one_of(st.text(), st.lists(MARKUP | st.text(max_size=4), max_size=40).map("".join))
WORDS = st.lists(st.sampled_from(["alpha", "beta7", "слово", "كلمة", "漢字"]) | MARKUP, max_size=40)

ALLOWED = re.compile(
    r"""(?: [^<>] | <br> | <hr> | </(?:{tags})>
    | <(?:{tags}) (?:[ ]dir="(?:auto|ltr|rtl)")? (?:[ ]start="[0-9]{{1,9}}")? >
    | <a[ ]href="(?:https?://|mailto:|/(?!/)|\#)[^"<>\s\\]*"(?:[ ]title="[^"<>]*")?
         [ ]rel="nofollow[ ]noopener[ ]ugc"[ ]dir="auto">
    )*""".format(tags="|".join(text.ALLOWED_TAGS - {"br", "hr"})),
    re.VERBOSE,
)


def everything_through_bleach(source):
    source = text.clean_text(source)
    try:
        return text._sanitise("".join(text._pieces(source)))
    except markdown.TooMuch:
        return text._as_typed(source)


def visible(shown):
    return html.unescape(re.sub(r"<[^>]*>", "", shown.replace("<br>", "\n").replace("</p>", "\n")))


# What a member sees


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("I **agree** with *you*", '<p dir="auto">I <strong>agree</strong> with <em>you</em></p>'),
        ("one\ntwo", '<p dir="auto">one<br>two</p>'),
        ("# A\n\n## B", '<h3 dir="auto">A</h3><h4 dir="auto">B</h4>'),
        ("Title\n=====", '<h3 dir="auto">Title</h3>'),
        ("a < b & c > d", '<p dir="auto">a &lt; b &amp; c &gt; d</p>'),
        ("<b>bold</b>", '<p dir="auto">&lt;b&gt;bold&lt;/b&gt;</p>'),
        ("    x = 1", '<pre dir="auto"><code>x = 1\n</code></pre>'),
        ("```js\nx\n```", '<pre dir="auto"><code>x\n</code></pre>'),
        ("3. x\n4. y", '<ol dir="ltr" start="3"><li>x</li><li>y</li></ol>'),
        ("- سلام\n- hello", '<ul dir="rtl"><li>سلام</li><li><p dir="auto">hello</p></li></ul>'),
        ("", ""),
    ],
)
def test_formatting(source, shown):
    assert text.render(source) == shown


def test_an_answer_right_below_a_quotation_is_not_part_of_it():
    shown = text.render("> you said\nI answer")

    assert shown == '<blockquote dir="ltr"><p dir="auto">you said</p></blockquote><p dir="auto">I answer</p>'


def test_a_signature_and_a_separator_make_no_heading():
    shown = text.render("Best wishes,\nBob\n-- \nBob Ross\n\nSigned-off-by: Bob Ross of the valley\n---\nmore")

    assert "<h" not in shown.replace("<hr>", "")
    assert "Bob<br>--<br>Bob Ross" in shown


def test_lines_that_start_with_a_hash_are_settings_or_a_script():
    shown = text.render("#\n# Processor\n#\n# CONFIG_X is not set\n\n# A real one\n## Below it\ntext")

    assert '<p dir="auto">#<br># Processor<br>#<br># CONFIG_X is not set</p><h3 dir="auto">A real one</h3>' in shown
    assert '<h4 dir="auto">Below it</h4><p dir="auto">text</p>' in shown


def test_a_patch_reads_as_code_also_where_it_is_quoted():
    patch = "--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,3 @@\n int x;\n-*p = *q;\n+*p = &q;\n \n"

    shown = text.render(f"Fix it\n\n{patch}-- \n2.1")
    quoted = text.render("".join(f"> {line}\n" for line in patch.splitlines()) + "No.")

    assert "<pre" in shown
    assert "-*p = *q;\n+*p = &amp;q;" in shown
    assert shown.endswith('</code></pre><p dir="auto">--<br>2.1</p>')
    assert "-*p = *q;\n+*p = &amp;q;" in quoted
    assert quoted.endswith('</blockquote><p dir="auto">No.</p>')


def test_a_patch_whose_lines_a_mail_program_wrapped_reads_as_code():
    patch = "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@ int f(struct a\n*b,\n+\tcall(first,\nsecond);\n-\tcall();\n other\n"

    shown = text.render(f"Fix it\n\n{patch}\nBob")

    assert shown.count("<pre") == 1
    assert patch.rstrip() in html.unescape(shown)
    assert shown.endswith('<p dir="auto">Bob</p>')


@pytest.mark.parametrize(
    ("written", "is_code"),
    [
        ("+\tif (x)\n+\t\treturn;\n+\telse", True),
        ("+}\n+\n-int y;\n other", True),
        ("+1 from me\n+1\n+1 too", False),
        ("+ one\n+ two\n+ three", False),
        ("+\tone\n+\ttwo\n+\tthree", False),
        ("-Bob\n-Alice\n-Dora", False),
        ("+}\n+only two", False),
    ],
)
def test_a_piece_of_a_patch_reads_as_code_and_a_list_does_not(written, is_code):
    assert (f"<code>{written}\n</code>" in text.render(f"Why?\n\n{written}\n\nYes.")) is is_code


@pytest.mark.parametrize(
    ("written", "is_code"),
    [
        ("Name      PRId\nLoongson  R1    0x6305\nLoongson  R2    0x6308\nLoongson  R3    0x630d", True),
        ("CPU0\tCPU1\n187\t254\n77\t174\n", True),
        ("Name      PRId\nLoongson  R1", False),
        ("One word.   Another.\nOne word.   Another.\nOne word.   Another.", False),
        ("a    http://a.org\nb    http://b.org\nc    http://c.org", False),
    ],
)
def test_a_table_drawn_with_spaces_keeps_its_columns(written, is_code):
    assert text.render(f"See:\n\n{written}").endswith(f"<code>{written.rstrip()}\n</code></pre>") is is_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nothing for `__build'.\nmake: `offset.s' is up to date.", None),
        ("use `the users' list` here", "the users' list"),
        ("it is `x = 'a'` there", "x = 'a'"),
        ("`foo' and `bar'", None),
        ("`a` and `b'", "a"),
    ],
)
def test_old_quotation_marks_are_no_code(written, code):
    shown = text.render(written)

    assert (f'<code dir="auto">{code}</code>' in shown) if code else ("<code" not in shown)


def test_a_rule_of_dashes_is_no_patch():
    assert "<pre" not in text.render("--- a heading\nsome text")
    assert "<pre" not in text.render("Index: things\nsome text")


def test_addresses_become_links_without_the_full_stop_of_the_sentence():
    shown = text.render("See https://example.org/a_b_c (or www.example.org/x(y)). 见http://example.cn/页")

    assert (
        '<a href="https://example.org/a_b_c" rel="nofollow noopener ugc" dir="auto">https://example.org/a_b_c</a> ('
        in shown
    )
    assert (
        '<a href="http://www.example.org/x(y)" rel="nofollow noopener ugc" dir="auto">www.example.org/x(y)</a>). 见'
        in shown
    )
    assert '<a href="http://example.cn/" ' in shown


def test_an_image_is_a_link_to_it_so_that_nothing_is_fetched():
    shown = text.render("![a map](https://example.org/map.png)")

    assert shown == (
        '<p dir="auto"><a href="https://example.org/map.png" rel="nofollow noopener ugc" dir="auto">a map</a></p>'
    )


def test_a_link_definition_works_and_stays_visible():
    shown = text.render("See [the map][1].\n\n[1]: https://example.org/map")

    assert shown.count('href="https://example.org/map"') == 2
    assert visible(shown) == "See the map.\n[1]: https://example.org/map\n"


def test_a_table_is_one_only_if_no_cell_would_vanish():
    table = text.render("a|b\n-|-\n1|2")
    ragged = text.render("a|b\n-|-\n1|2|3")

    assert '<td dir="auto">2</td>' in table
    assert "<table" not in ragged
    assert "1|2|3" in ragged


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:80/a?b=c#d",
        "https://[::1]/",
        "mailto:a@b.org?subject=x&body=y",
        "/threads/1/",
        "#p3",
    ],
)
def test_addresses_that_may_be_linked(url):
    assert markdown.is_link(url)
    assert f'href="{html.escape(url)}"' in text.render(f"[x]({url})")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///x",
            "java\nscript:x",
            "mailto:x",
            "mailto:a@b.org?attach=/etc/passwd",
        ),
        *("javascript:80", "http:80", "foo:80", "relative", "?x", "https://", "https:evil.org"),
        *("//evil.org", "/\\evil.org", "https://bank.org@evil.org", "https://a.org/\\x", "http://a.org:x/"),
        *("https://a.org/\n", "https://a b.org", "https://a.org/" + "x" * markdown.MAX_URL),
    ],
)
def test_addresses_that_may_not(url):
    assert not markdown.is_link(url)
    assert f'href="{url}"' not in text.render(f"[x](<{url}>)")


def test_bleach_itself_would_let_a_scheme_with_digits_through_and_our_grammar_does_not():
    assert text._sanitise('<a href="javascript:80">x</a>') == "<a>x</a>"
    assert text._sanitise('<a href="jav&#x09;ascript:alert(1)">x</a>') == "<a>x</a>"
    assert text._sanitise('<p style="x" id="x" name="x" data-x="x" onclick="x" class="x">x</p>') == "<p>x</p>"


def test_stored_html_is_shown_as_it_is():
    assert stored_html("<p>x</p>").__html__() == "<p>x</p>"


# For any text at all


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_whatever_comes_in_only_allowed_elements_come_out(source):
    shown = text.render(source)

    assert ALLOWED.fullmatch(shown)
    assert len(shown) <= 20 * len(source) + 2_000


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_what_skips_bleach_is_what_bleach_would_return(source):
    assert text.render(source) == everything_through_bleach(source)


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_skipping_the_inline_parser_changes_nothing(source):
    quick = text.render(source)

    always = re.compile("")
    usual, markdown._NEEDS_PARSER = markdown._NEEDS_PARSER, always
    try:
        assert text.render(source) == quick
    finally:
        markdown._NEEDS_PARSER = usual


@given(WORDS)
@settings(max_examples=400, deadline=None)
def test_every_word_that_was_written_survives(parts):
    words = [part for part in parts if part[0].isalpha() and part in ("alpha", "beta7", "слово", "كلمة", "漢字")]

    # In an address a word may be percent-encoded, and the first word after a fence names a programming language.
    shown = text.render(" ".join(part for part in parts if part not in ("```\n", "```", "](", "[a]: /b\n", "<b>")))

    for word in set(words):
        assert html.unescape(shown).count(word) >= words.count(word)


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_a_cleaned_text_is_clean(source):
    cleaned = text.clean_text(source)

    assert text.clean_text(cleaned) == cleaned
    assert not [char for char in cleaned if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    cleaned.encode()


@given(ANYTHING, st.integers(1, 60))
@settings(max_examples=400, deadline=None)
def test_a_cleaned_line_is_clean(source, length):
    line = text.clean_line(source, length)

    assert text.clean_line(line, length) == line
    assert len(line) <= length
    assert line == line.strip() == unicodedata.normalize("NFC", line)
    assert not [char for char in line if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff")
    assert "  " not in line


@given(ANYTHING, st.integers(1, 60))
@settings(max_examples=400, deadline=None)
def test_an_excerpt_fits_into_its_columns(source, limit):
    line = text.excerpt(source, limit)

    assert sum(map(text._columns, line)) <= limit
    assert "\n" not in line


@given(ANYTHING)
@settings(max_examples=200, deadline=None)
def test_a_quotation_holds_every_line_of_the_text(source):
    quoted = text.quote(source, "Bob")

    assert quoted.startswith("Bob wrote:\n>")
    assert all(line.startswith(">") for line in quoted.rstrip("\n").split("\n")[1:])


# Lines, excerpts, quotations


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  Water\tand\r\nsoil \x0b ", "Water and soil"),
        ("Bob\u202etxt.exe", "Bobtxt.exe"),
        ("a\u200b\u2060\ufeffb\x00\x1bc\ud800d", "abcd"),
        ("one\u2028two\u2029three\x85four", "one two three four"),
        ("e\u0301te\u0301", "été"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("\u200d\u200d \u200c", ""),
        ("a" + "\u0315" * 90, "a" + "\u0315" * 4),
        ("x" * 99, "x" * 40),
    ],
)
def test_clean_line(value, line):
    assert text.clean_line(value, 40) == line


def test_clean_text_keeps_all_but_controls():
    assert text.clean_text("a\r\nb\rc\x00\x1b\ud800\td\u202e\x0ce") == "a\nb\nc\td\u202e\ne"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Short **one**", "Short one"),
        ("> They said\n\nI answer [here](http://x.org)", "I answer here"),
        ("> only a quotation", "only a quotation"),
        ("A sentence that is longer than the line", "A sentence that is longer…"),
        ("這是一個很長的中文句子，沒有空格可以在任何地方", "這是一個很長的中文句子，沒有…"),
        ("# Title\n\n- a\n- b", "Title a b"),
        ("Un\xa0«\xa0refus\xa0»\u202f:\nquoi\xa0 ?", "Un «\xa0refus\xa0»\u202f: quoi ?"),
    ],
)
def test_excerpt(source, line):
    assert text.excerpt(source, 30) == line


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Springs of the Alps", "Springs of the Alps"),
        ("Springs of the Alpine valleys", "Springs of the…"),
        ("A" * 30, "A" * 18 + "…"),
        ("保护山区水源的公众听证会保护山区水源的公众听证会", "保护山区水源的公众听证会保护山区水源的…"),
    ],
)
def test_a_long_title_is_cut_after_a_word(title, shown):
    assert text.shortened(title, 20) == shown
    assert len(shown) <= 20


def test_a_quotation_is_shown_as_one_and_names_its_author():
    shown = text.render(text.quote("One\n\n> two", "Bob *the* Builder") + "Three")

    assert shown == (
        '<p dir="auto">Bob *the* Builder wrote:</p><blockquote dir="ltr"><p dir="auto">One</p>'
        '<blockquote><p dir="auto">two</p></blockquote></blockquote><p dir="auto">Three</p>'
    )


# Work is bounded

BOMBS = {
    "reference links": "[a]: http://x/" + "y" * 1_900 + "\n\n" + "[a] " * 4_000,
    "quotes": ">" * 20_000,
    "lists": "- " * 10_000,
    "quoted lists": "> - " * 5_000,
    "wide table": "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 5_000,
    "tables": "a|b\n-|-\n" * 5_000,
    "brackets": "[" * 20_000,
    "images": "![" * 10_000,
    "links": "[a](" * 5_000,
    "emphasis": "*a_ " * 5_000,
    "stars": "*" * 20_000,
    "strong": "**a" * 7_000,
    "backticks": " ".join("`" * size for size in range(200)),
    "angles": "<" * 20_000,
    "ampersands": "&" * 20_000,
    "definitions": "[a]: /u '\n" * 2_000,
    "brackets in a URL": "http://a.org/" + "(" * 5_000 + ")" * 5_000,
    "URLs": "http://" * 3_000,
    "spaces": "x" + " " * 20_000 + "y",
    "marks": "a" + "\u0301" * 20_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_stays_small_and_readable(bomb):
    source = BOMBS[bomb]

    shown = text.render(source)

    assert ALLOWED.fullmatch(shown)
    assert len(shown) <= 11 * len(source) + 2_000


def test_a_text_beyond_the_limits_is_shown_as_it_was_typed():
    deep = text.render("> " * 60 + "deep *down*\n\nand below")
    long = text.render("*long* " * 60_000)

    assert deep == f'<p dir="auto">{"&gt; " * 60}deep *down*</p><p dir="auto">and below</p>'
    assert long.startswith('<p dir="auto">*long* *long*')


@pytest.mark.parametrize("mark", ["> ", ">", "- ", "1. ", "> - ", "- > 1. "])
def test_no_depth_of_nesting_swallows_a_word(mark):
    for depth in range(1, 50):
        assert "deepword" in text.render(mark * depth + "deepword\n\nbelow")


def test_a_parser_that_stumbles_costs_no_word(monkeypatch, caplog):
    def stumble(_text):
        raise RuntimeError

    monkeypatch.setattr(text, "_pieces", stumble)

    assert text.render("still <here>") == '<p dir="auto">still &lt;here&gt;</p>'
    assert "could not be rendered" in caplog.text
