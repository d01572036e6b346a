"""What templates say about posts: where their authors are, and when they wrote; and what stands beside the threads."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from forum import drawing, panels
from members import countries

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_post(context, post):
    """A post on a thread page; what it looks like is in forum/_post.html."""
    return drawing.draw(
        post,
        member=context["user"],
        may_reply=context["may_reply"],
        shown=context["shown"],
        order=context["order"],
    )


@register.simple_tag(takes_context=True)
def draw_panels(context, workspace=None):
    """What the floors above show on the page of a workspace, or on the home page; see forum/panels.py."""
    request = context.get("request")
    return format_html_join("", "{}", ((drawn,) for drawn in panels.draw_all(context["user"], workspace, request)))


@register.filter
def country(code):
    """A country's name in the language of the page."""
    return countries.name(code)


@register.filter
def moment(at):
    """A moment in the reader's time zone, and exactly for machines."""
    shown = date_format(localtime(at), "DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', at.strftime("%Y-%m-%dT%H:%MZ"), shown)
