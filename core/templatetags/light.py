"""Pages for slow lines: between `{% light %}` and `{% endlight %}` nothing is sent of how templates are laid out."""

from django import template

from core import statics

register = template.Library()


class Light(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        return statics.without_indents(self.nodelist.render(context))


@register.tag
def light(parser, _token):
    """Take out indentation and empty lines, but not from what people write in fields."""
    nodelist = parser.parse(["endlight"])
    parser.delete_first_token()
    return Light(nodelist)
