"""What was collected elsewhere is imported: row by row, through the same gate, and nothing of it is lost."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import importing
from consultations.models import Contribution, Import
from consultations.models.contributions import Stamp
from consultations.services import imports
from consultations.services.rows import Given, Importer
from core import spreadsheets
from core.access import Refused
from journal.models import Entry
from members.models import Region
from tests.consultations import consulting
from tests.consultations.documents import drafting

HOUR = timedelta(hours=1)
HEADER = ("question", "name", "email", "organisation", "country", "category", "language", "text", "id")
AMINA = ("Q1", "Amina Diallo", "amina@village.example", "Water users", "Peru", "Farmers", "es", "En julio.", "a1")


def sheet(*rows, header=HEADER, delimiter=","):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return f"\ufeff{file.getvalue()}".encode()


def importer(world, consultation, content=b"", **given):
    given = Given(**{"consent": "They ticked a box."} | given)
    return Importer(by=world.alice, consultation=consulting.fresh(consultation), content=content, given=given)


def take(world, consultation, content, name="answers.csv", **given):
    """[(state, code or reason)] of its rows."""
    outcomes = importer(world, consultation, content, **given).take(importing.read(name, content).rows)
    return [(one.state, one.code or one.reason) for one in outcomes]


def test_alice_uploads_a_file_looks_at_its_rows_and_confirms(world, consultation):
    Region.objects.get_or_create(code="africa", defaults={"name": "Africa"})
    rows = [
        AMINA,
        ("Q9", "Bo", "", "", "", "", "", "=1+1", "a2"),
        ("Q2", "Bo", "", "", "Atlantis", "", "", "Us.", "a3"),
    ]
    base = f"{consultation.get_absolute_url()}import/"
    file = SimpleUploadedFile("answers.csv", sheet(*rows, header=(*HEADER[:-1], "External ID")))
    client = world.sign_in(world.alice)

    there = client.post(base, {"file": file, "consent": "They ticked a box.", "source": "Survey of WWF"})
    seen = client.get(there.url).content.decode()
    foreseen = client.get(f"{there.url}refused.csv").content.decode()
    nothing_yet = Contribution.objects.count()
    client.post(f"{there.url}confirm/")
    while imports.take_due():
        pass
    done = client.get(there.url).content.decode()
    left = client.get(f"{there.url}refused.csv").content.decode()

    contribution = Contribution.objects.get()
    post = contribution.post
    assert nothing_yet == 0
    assert "will be taken: 1" in seen
    assert "There is no question or paragraph “Q9” here." in seen
    assert "taken: 1" in done
    assert contribution.code in done
    assert (post.channel, post.author, post.carried_by, post.byline) == (
        "import",
        None,
        world.alice,
        "Amina Diallo, Water users",
    )
    assert (post.category, post.country, post.language, post.byline_address) == ("farmers", "PE", "es", AMINA[2])
    assert (contribution.stamp, contribution.consent) == (Stamp.ORIGINAL, "They ticked a box.")
    assert (contribution.imported.source, contribution.imported.row) == ("Survey of WWF", 2)
    page = client.get(contribution.get_absolute_url()).content.decode()
    assert "Survey of WWF" in page
    assert AMINA[2] not in page
    assert "'=1+1" in left
    assert left == foreseen
    assert [row[:2] for row in spreadsheets.read(left)][1] == ["3", "There is no question or paragraph “Q9” here."]
    assert bytes(Import.objects.get().source) == b""
    summary = Entry.objects.get(verb="consultation.imported")
    assert (summary.data["taken"], summary.data["refused"]) == (1, 2)
    assert Entry.objects.filter(verb="contribution.received", about=contribution.reference).count() == 1


def test_a_corrected_file_adds_only_what_was_not_taken(world, consultation):
    wrong = ("Q1", "Bo", "no address", "", "", "", "", "We say so.", "a2")
    content = sheet(AMINA, AMINA, wrong)

    first = take(world, consultation, content)
    looked_at = importer(world, consultation).look(importing.read("a.csv", content).rows)
    left = imports.left(looked_at, Given(consent="They ticked a box."))
    corrected = left.replace(b"no address", b"bo@example.com")
    second = take(world, consultation, corrected, consent="")
    changed = take(world, consultation, sheet((*AMINA[:7], "En agosto.", "a1")))
    named_later = take(world, consultation, content, source="Survey of WWF")

    code = f"{consultation.code}/1"
    assert first == [
        ("taken", code),
        ("there", code),
        ("refused", "“no address” in the column “email” is not known here."),
    ]
    assert second == [("taken", f"{consultation.code}/2")]
    assert changed == [("there", code)]
    assert [state for state, _said in named_later] == ["there", "there", "refused"]
    assert Contribution.objects.count() == 2
    assert Contribution.objects.get(number=1).post.text == "En julio."


def test_what_is_imported_after_the_close_is_never_silently_in_time(world, consultation):
    early, late = timezone.now() - 5 * HOUR, timezone.now() - HOUR
    header = (*HEADER, "at")
    content = sheet((*AMINA, f"{early:%Y-%m-%d %H:%M}Z"), (*AMINA[:-1], "a2", f"{late.isoformat()}"), header=header)

    consulting.close(consultation, ago=2 * HOUR)
    in_grace = take(world, consultation, content)
    consultation = consulting.fresh(consultation)
    consultation.phases.update(closes_at=timezone.now() - 48 * HOUR, first_closes_at=timezone.now() - 48 * HOUR)
    refused = take(world, consultation, sheet((*AMINA[:-1], "a3", early.isoformat()), header=header))
    accepted = take(world, consultation, sheet((*AMINA[:-1], "a3", ""), header=header), because="The server was down.")

    assert [state for state, _said in in_grace] == ["taken", "refused"]
    assert "closed on" in in_grace[1][1]
    assert "closed on" in refused[0][1]
    assert accepted[0][0] == "taken"
    stamps = [(row.stamp, row.accepted_because) for row in Contribution.objects.order_by("number")]
    assert stamps == [(Stamp.GRACE, ""), (Stamp.LATE, "The server was down.")]
    assert Contribution.objects.get(number=1).post.sent_at == early.replace(second=0, microsecond=0)


def test_members_and_organisations_are_known_by_address_and_name(world):
    consultation = consulting.running(world, participation="organisations")
    springs = consulting.organisation(world, "Alpine Springs", world.bob, acronym="AS")
    question = consultation.questions.get(number=1)
    long_ago = (timezone.now() - timedelta(days=9)).isoformat()
    rows = [
        ("Q1", "", "BOB@example.org", "as", "In July.", ""),
        ("Q1", "", "", "Alpine Springs", "In May.", long_ago),
        ("Q1", "Carol", "carol@example.org", "AS", "In June.", ""),
        ("Q1", "Zoe", "", "Nobody at all", "In June.", ""),
        ("Q1", "Zoe", "", "", "In June.", ""),
    ]

    said = take(world, consultation, sheet(*rows, header=("question", "name", "email", "organisation", "text", "at")))

    assert [state for state, _said in said] == ["taken", "refused", "refused", "refused", "refused"]
    assert "said something later" in said[1][1]
    assert "may not write here" in said[2][1]
    assert "“Nobody at all”" in said[3][1]
    assert "takes positions of organisations" in said[4][1]
    position = Contribution.objects.get(question=question)
    assert (position.post.author, position.organisation, position.is_position) == (world.bob, springs, True)


def test_rows_speak_of_paragraphs_too(world):
    consultation, version = drafting.drafted(world)
    lines = '{"paragraph": "D1 2(a)", "name": "Amina", "text": "Once is enough.", "x": 1}\n[1]\n'

    said = take(world, consultation, lines.encode(), name="remarks.jsonl")

    assert [state for state, _said in said] == ["taken", "refused"]
    comment = drafting.paragraph(version, "2(a)").comments.get()
    assert (comment.contribution.post.byline, comment.contribution.post.text) == ("Amina", "Once is enough.")
    assert importing.read("remarks.jsonl", lines.encode()).unused == ["x"]


def test_only_facilitators_import(world, consultation):
    with pytest.raises(Refused, match="Only a moderator"):
        Importer(by=world.bob, consultation=consultation, content=b"")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no rows"),
        (b"question,text\n", "no rows"),
        (b"question;name\nQ1;A\n", "no column “text”"),
        ("question,text\nQ1,caf\xe9".encode("latin-1"), "not in UTF-8"),
        (b'question,text\nQ1,"never ends', "cannot be read as a table"),
        (b"question,text\n" + b"Q1,x\n" * (importing.MOST_ROWS + 1), "Rows it may have: 5000"),
        (b"x" * (importing.MOST_BYTES + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content, problem):
    with pytest.raises(Refused, match=problem):
        importing.read("answers.csv", content)


def test_a_column_goes_by_its_own_name_before_others():
    header = ("Answer", "text", "Paragraph", "AUTHOR", "question")

    table = importing.read("a.csv", sheet(("yes", "In July.", "3", "Amina", "Q1"), header=header))

    assert table.rows[0].cells == {"text": "In July.", "name": "Amina", "question": "Q1"}
    assert table.unused == ["Answer", "Paragraph"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separators_of_all_countries_are_read(delimiter):
    [row] = importing.read("a.csv", sheet(("Q1", "a,b;c\td"), header=("Question", "TEXT"), delimiter=delimiter)).rows

    assert (row["question"], row["text"]) == ("Q1", "a,b;c\td")


@pytest.mark.parametrize(
    ("words", "zone", "hour"),
    [
        ("2026-05-03 14:00+02:00", "", 12),
        ("2026-05-03T14:00:30.5 +0200", "", 12),
        ("2026-05-03 14:00 UTC", "", 14),
        ("2026-05-03 14:00", "Africa/Nairobi", 11),
        ("2026-05-03 14:00", "", None),
        ("2026-05-03", "Africa/Nairobi", None),
        ("3/5/2026 14:00", "Africa/Nairobi", None),
        ("0001-01-01 00:00+10:00", "", None),
    ],
)
def test_a_moment_has_its_zone(words, zone, hour):
    at = importing.moment(words, zone)

    assert (at.hour if at else None) == hour


def test_the_command_says_what_became_of_each_row_and_leaves_what_was_refused(world, consultation, tmp_path, capsys):
    file = tmp_path / "answers.csv"
    file.write_bytes(sheet(AMINA, ("Q9", "Bo", "", "", "", "", "", "Us.", "a2")))
    given = {"by": "alice@example.org", "consent": "They ticked a box."}

    call_command("import_contributions", consultation.code, str(file), dry_run=True, **given)
    dry = capsys.readouterr().out
    count = Contribution.objects.count()
    call_command("import_contributions", consultation.code, str(file), **given)
    said = capsys.readouterr().out

    assert (count, Contribution.objects.count()) == (0, 1)
    assert "row 2: ready" in dry
    assert f"row 2: taken {consultation.code}/1" in said
    assert "row 3: refused There is no question" in said
    assert "Q9" in (tmp_path / "answers.refused.csv").read_text()


def test_many_rows_ask_as_few_questions_as_a_few(world, consultation):
    def queries(count):
        content = sheet(*((*AMINA[:-1], f"{count}-{number}") for number in range(count)))
        rows = importing.read("a.csv", content).rows
        with CaptureQueriesContext(connection) as looked:
            list(importer(world, consultation, content).look(rows))
        with CaptureQueriesContext(connection) as taken:
            list(importer(world, consultation, content).take(rows))
        return len(looked), len(taken) / count

    (few, each_of_few), (many, each_of_many) = queries(5), queries(25)

    assert many == few
    assert each_of_many < each_of_few
