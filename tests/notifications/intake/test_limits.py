"""How much we write: ten explanations a day, and one answer for a mail that came by two addresses."""

from datetime import timedelta

from django.utils import timezone

from forum.services import threads
from notifications import addresses
from notifications.intake import decisions, explaining
from notifications.models import Answer, Letter


def test_no_more_than_ten_explanations_a_day_and_the_rest_is_told_later(world, postman, english):
    for number in range(12):
        thread = threads.start(author=world.alice, workspace=world.workspace, title=f"Closed {number}", text="Text")
        threads.close(by=world.alice, thread=thread)
        postman.replies(postman.letter(english, thread), f"Answer {number}")

    assert len(postman.told(english)) == explaining.MOST_A_DAY
    untold = Answer.objects.filter(told_at=None)
    assert untold.count() == 2

    untold.update(created_at=timezone.now() - timedelta(hours=25))
    Letter.objects.update(created_at=timezone.now() - timedelta(days=1))
    decisions.tell_untold()

    assert "> Answer 10" in postman.told(english)[-1]
    assert "> Answer 11" in postman.told(english)[-1]
    assert not Answer.objects.filter(told_at=None).exists()


def test_the_same_mail_by_two_addresses_is_one_post(world, postman, three):
    letters = [postman.letter(world.dora, three[0]), postman.letter(world.dora, three[0].posts.get())]
    raw = postman.answer(letters[0], "Une fois")

    outcomes = [postman.brings(raw, to=addresses.reply(letter.code)).outcome for letter in letters]

    assert outcomes == ["posted", "repeated"]
    assert three[0].posts.filter(channel="mail").count() == 1
