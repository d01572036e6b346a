"""What the templates of mails use: a member's own words, returned as a quotation."""

from django import template

from notifications.intake import explaining

register = template.Library()
register.filter("quoted", explaining.quoted, is_safe=False)
