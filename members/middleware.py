"""Each member's page comes in that member's language and time zone."""

from django.utils import timezone, translation

from core import languages


class MemberMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        member = request.user
        if not member.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = languages.django_code(member.language)
        with translation.override(request.LANGUAGE_CODE), timezone.override(member.zone):
            response = self.get_response(request)
        response.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
