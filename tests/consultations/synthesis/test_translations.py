"""A synthesis in several languages: a line for each sentence, shown to who reads them, on paper too."""

import io

from consultations import paper, synthesis_paper
from consultations.models import Sentence, Translation

FRENCH = (
    "# L’eau\n\nLes sources tarissent en juillet.\nNobody agrees who decides.\n\nLes compteurs coûtent trop cher [1]."
)


def address(synthesis, tail=""):
    return f"{synthesis.consultation.get_absolute_url()}synthesis/{tail}"


def test_alice_translates_it_and_readers_have_it_in_their_language(world, published):
    client, french = world.sign_in(world.alice), {"title": "Vallées sèches", "text": FRENCH, "revision": 0}

    form = client.get(address(published, "words/fr/")).context["form"]
    short = client.post(address(published, "words/fr/"), french | {"text": "# L’eau"})
    client.post(address(published, "words/fr/"), french)
    late = client.post(address(published, "words/fr/"), french | {"text": FRENCH.replace("trop", "bien trop")})
    again = client.get(address(published, "words/fr/")).context["form"]

    assert form.initial["text"].startswith("# Water\n\nSprings run dry in July.\nNobody")
    assert "Lines of the translation: 1. Sentences and headings of the synthesis: 4." in short.content.decode()
    assert "# L’eau" in short.content.decode()
    assert '<html lang="en"' in short.content.decode()
    assert "Somebody else saved this translation meanwhile" in late.content.decode()
    assert again.initial["text"] == FRENCH.replace(" [1]", "")
    assert Translation.objects.get().revision == 1
    assert published.journal.entries.get(verb="synthesis.translated").data["language"] == "fr"
    assert world.sign_in(world.bob).get(address(published, "words/fr/")).status_code == 403


def test_what_is_not_translated_or_was_changed_since_stands_in_its_own_language(world, published):
    french = {"title": "Vallées sèches", "text": FRENCH, "revision": 0}
    world.sign_in(world.alice).post(address(published, "words/fr/"), french)
    Sentence.objects.filter(text__startswith="Meters").update(text="Meters cost little.")

    page = world.client.get(address(published, "?lang=fr")).content.decode()
    outdated = world.client.get(address(published, "words/fr/")).content.decode()
    original = world.client.get(address(published, "?lang=en")).content.decode()
    file = io.BytesIO()
    paper.write(synthesis_paper.document(published, language="fr"), "html", file)

    assert '<span lang="fr">Les sources tarissent en juillet.</span>' in page
    assert '<span lang="en">Nobody agrees who decides.</span>' in page
    assert "Meters cost little." in page
    assert "compteurs" not in page
    assert "Les compteurs coûtent trop cher." in outdated
    assert "Vallées sèches" in page
    assert "Les sources" not in original
    assert "Les sources tarissent en juillet." in file.getvalue().decode()
    assert "Vallées sèches</h1>" in file.getvalue().decode()
