"""How allauth behaves in this house: who may sign up, and in which language its mails speak."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import get_language

from core import languages


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return settings.SIGNUP_OPEN

    def send_mail(self, template_prefix, email, context):
        """Write to members in their language, to others in that of the page they are on."""
        member = context.get("user")
        language = member.language if member else languages.own_code(get_language())
        with languages.speaking(language):
            super().send_mail(template_prefix, email, context | {"site_name": settings.SITE_NAME})
