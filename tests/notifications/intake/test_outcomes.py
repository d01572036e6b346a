"""Every outcome has its words, and each member is told in their own language."""

import re
from pathlib import Path

from forum.services import threads
from notifications.intake import handling, outcomes


def test_every_outcome_has_its_words():
    folder = Path(handling.__file__).parent
    source = "".join(path.read_text() for path in folder.glob("*.py"))
    used = set(re.findall(r'(?:Outcome|held)\(\s*"(\w+)"', source)) | set(re.findall(r'outcome="(\w+)"', source))

    assert used <= set(outcomes.WORDS)


def test_each_member_is_told_in_their_own_language(world, postman):
    for member in (world.alice, world.dora):
        postman.replies(postman.letter(member, world.answer), "")

    assert postman.told(world.alice)[0].startswith("We found no new text in your mail")
    assert postman.told(world.dora)[0].startswith("Nous n’avons trouvé aucun nouveau texte")


def test_an_arabic_mail_keeps_titles_and_subjects_in_their_own_direction(world, postman, three):
    world.dora.language = "ar"
    world.dora.save()
    threads.close(by=world.alice, thread=three[0])

    postman.replies(postman.issue(world.dora, *three).letter, "#11: نعم", subject="Re: Issue 1")

    [told] = postman.told(world.dora)
    assert "\u2068Thread one\u2069" in told
    assert "\u2068Re: Issue 1\u2069" in told
