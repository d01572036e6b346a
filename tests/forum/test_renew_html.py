"""Stored HTML follows the renderer: what an older one made is drawn anew."""

from django.core.management import call_command

from forum.models import Post
from forum.services import posts


def test_html_of_an_older_renderer_is_drawn_anew(world):
    posts.edit(by=world.bob, post=world.answer, text="We do, **three** times a year.")
    Post.objects.filter(pk=world.answer.pk).update(html="<p>old</p>", html_version=0)
    world.answer.revisions.update(html="<p>old</p>")

    call_command("renew_html", verbosity=0)

    assert "<strong>three</strong>" in Post.objects.get(pk=world.answer.pk).html
    assert "twice a year" in world.answer.revisions.get().html


def test_html_of_todays_renderer_is_left_alone(world):
    Post.objects.filter(pk=world.answer.pk).update(html="<p>kept</p>")

    call_command("renew_html", verbosity=0)

    assert Post.objects.get(pk=world.answer.pk).html == "<p>kept</p>"
