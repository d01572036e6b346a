"""The record: provisional, corrected, final, one corrigendum; what is refused stands beside it."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consultations import paper
from consultations.hearings.exporting import motions
from consultations.hearings.minutes import balance, facts, sentences, sheet
from consultations.hearings.models import Speaker
from consultations.hearings.services import records
from consultations.paper import body
from core.access import Refused
from tests.hearings import voting
from tests.hearings.record import telling


def test_bob_corrects_his_words_and_the_final_record_has_them(world, told):
    record = telling.provisional(world, told)
    [mine] = telling.numbers(record, "speech")
    asked = records.correct(by=world.bob, record_of=record, paragraph=mine, why="Four.", reads="Four springs.")
    wrong = records.correct(by=world.dora, record_of=record, why="I never spoke.")

    records.accept(by=world.alice, correction=asked, paragraph=mine, part="text", reads="Four springs.")
    with pytest.raises(Refused, match="until"):
        records.finalise(by=world.alice, record_of=record)
    telling.past(record)
    with pytest.raises(Refused, match="not decided"):
        records.finalise(by=world.alice, record_of=record)
    records.decline(by=world.alice, correction=wrong, reason="The list says so.")
    final = records.finalise(by=world.alice, record_of=record)

    assert facts.paragraph(final.final, mine)["text"] == "Four springs."
    assert facts.paragraph(final.provisional, mine)["text"] == "Three springs, and a well."
    assert facts.paragraph(final.final, mine)["handed_in"] == "Three springs."
    assert told.journal.entries.get(verb="record.finalised").data["sha256"] == facts.sha256(final.final)


def test_a_corrected_name_is_corrected_wherever_the_speaker_is_named(world, told):
    record = telling.provisional(world, told)
    number = telling.numbers(record, "floor")[0]
    asked = records.correct(by=world.bob, record_of=record, paragraph=number, part="name", why="", reads="Bob Regli")

    records.accept(by=world.alice, correction=asked, paragraph=number, part="name", reads="Bob Regli")

    final = records.finalise(by=world.alice, record_of=telling.past(record)).final
    assert {row["name"] for row in final["paragraphs"] if row.get("name")} == {"Bob Regli", "Dora", "Ms Regli"}
    assert final["speakers"][0]["name"] == "Bob Regli"


def test_what_comes_late_is_refused_with_the_day_and_given_back(world, told):
    record = telling.past(telling.provisional(world, told))

    with pytest.raises(Refused, match="came too late") as refused:
        records.correct(by=world.bob, record_of=record, why="Four springs.")

    assert refused.value.text == "Four springs."
    with pytest.raises(Refused, match="seat"):
        records.correct(by=world.carol, record_of=record, why="Mine.")


def test_a_final_record_has_one_corrigendum(world, told):
    record = records.finalise(by=world.alice, record_of=telling.past(telling.provisional(world, told)))
    number = telling.numbers(record, "note")[0]

    with pytest.raises(Refused, match="no words"):
        records.issue_corrigendum(by=world.alice, record_of=record, corrections=[(1, "x")])
    record = records.issue_corrigendum(by=world.alice, record_of=record, corrections=[(number, "It was warm.")])

    assert record.corrigendum == [[number, "The *hall* was cold.", "It was warm."]]
    with pytest.raises(Refused, match="only one"):
        records.issue_corrigendum(by=world.alice, record_of=record, corrections=[(number, "Again.")])


def test_only_who_presides_publishes_and_only_when_it_is_over(world, hearing):
    with pytest.raises(Refused, match="not over"):
        telling.provisional(world, hearing)
    with pytest.raises(Refused, match="moderator"):
        records.draft(by=world.bob, hearing=hearing)


def test_a_summary_two_wrote_at_is_not_lost(world, hearing):
    records.summarise(by=world.alice, hearing=hearing, text="All agreed.", version=0)

    with pytest.raises(Refused, match="Alice changed") as refused:
        records.summarise(by=world.sekou, hearing=hearing, text="Nobody agreed.", version=0)

    assert refused.value.text == "Nobody agreed."
    assert hearing.record.summary == "All agreed."


def test_the_paper_speaks_the_readers_language_and_keeps_words_as_they_were(world, told):
    record = telling.provisional(world, told)
    for form, language in (("html", "fr"), ("docx", "ar")):
        file = io.BytesIO()
        paper.write(sheet.document(record, record.facts, language=language), form, file)
        if form == "html":
            page = file.getvalue().decode()
            assert "[-Three springs.-]" in page or "{+" in page
            assert "Nobody hears her." in page
            assert "<em>hall</em>" in page
            assert 'lang="fr"' in page


OUTCOME = {"kind": "choice", "votes": 19, "order": [["yes", 19], ["no", 0]], "winners": []}


def said(language, **row):
    with translation.override(language):
        return sentences.line({"number": 1, "name": "Bob Kiprono", "organisation": "Mountain Forum", **row}, language)


def test_sentences_run_as_their_language_does_and_names_in_them_as_theirs():
    paper_of = {"kind": "document", "symbol": "ALP/2026/H1/L.1", "titles": {"en": "Draft"}}
    withdrawn = said("en", **paper_of, withdrawn="A wrong file.")
    arabic = said("ar", **paper_of, withdrawn=None)
    absent = said("ar", kind="absent")

    assert withdrawn.html.endswith("was before the hearing and was withdrawn: A wrong file.</p>")
    assert "«\u200f\u200eDraft\u200e\u200f»" in arabic.html
    assert body.read(absent.html)[0].direction == "rtl"  # though most of its letters are not


def test_votes_of_many_stand_together_by_what_they_said():
    names = [f"State {number}" for number in range(1, 21)]
    motion = {"kind": "motion", "code": "M1", "title": "", "text": "", "form": "formal", "manner": "roll_call"}
    motion |= {"mover": "", "seconder": "", "options": {}, "outcome": OUTCOME}
    votes = [[name, "absent" if name == "State 2" else "yes"] for name in names]

    line = said("en", **motion, votes=votes)
    few = said("en", **motion, votes=votes[:2])

    assert line.table is None
    assert "<h3>yes (19)</h3><p>State 1; State 3;" in line.html
    assert line.html.endswith("<h3>absent (1)</h3><p>State 2</p>")
    assert few.table.rows == [("State 1", "yes"), ("State 2", "absent")]


def test_motions_cost_the_record_no_queries_each(world, hearing, item):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            facts.gather(hearing)
            motions.of_hearing(hearing)
        return len(queries)

    voting.moved(world, item)
    few = asked()
    for _more in range(3):
        voting.moved(world, item)

    assert asked() <= few


def spoke(*genders):
    """Speakers nobody keeps: a person each, named by their place."""
    return [Speaker(member_id=place, gender=gender) for place, gender in enumerate(genders)]


DECLARED = [
    (["woman"] * 2 + [""] * 8, []),  # too few of them
    (["woman"] * 9 + ["man"], []),  # too few others: who is not one of them would know what all others are
    (["woman"] * 3, []),
    (["woman"] * 3 + ["man"] * 4, [["man", 4, None], ["woman", 3, None]]),
    (["woman"] * 3 + ["other"] + [""] * 2, [["woman", 3, None], ["", 3, None]]),
]


@pytest.mark.parametrize(("genders", "told"), DECLARED)
def test_nobody_is_found_by_the_gender_they_declared(genders, told, monkeypatch):
    monkeypatch.setattr(Speaker, "name", "")
    assert balance._genders(spoke(*genders)) == told


def test_gender_is_told_once_when_the_record_is_published(told):
    assert balance.figures(told, is_published=False)["gender"] == []
