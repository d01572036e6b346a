"""The foot of a page says that all of it works by mail, but not where only the secretariat works."""

import pytest

WORDS = "Everything here also works by mail"


@pytest.mark.parametrize("address", ["/mail/desk/", "/mail/desk/letters/", "/mail/sending/", "/mail/unreachable/"])
def test_pages_of_the_secretariat_do_not_say_that_they_work_by_mail(world, address):
    client = world.sign_in(world.sekou)

    page = client.get(address)
    assert page.status_code == 200
    assert WORDS not in page.content.decode()
    assert WORDS in client.get(world.thread.get_absolute_url()).content.decode()
