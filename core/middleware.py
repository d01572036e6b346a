"""A deed that was refused becomes a page that says why and gives the text back.

Views that can show the reason beside their form do so themselves; whatever escapes them ends here.
"""

from django.shortcuts import render

from core.access import Refused


class RefusedMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        text = exception.text or request.POST.get("text", "")
        return render(request, "core/refused.html", {"reason": exception.reason, "text": text}, status=403)
