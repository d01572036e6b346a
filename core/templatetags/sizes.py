"""How large something is: `{{ file.size|size }}`."""

from django import template

from core import sizes

register = template.Library()
register.filter("size", sizes.said)
