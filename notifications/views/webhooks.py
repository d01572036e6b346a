"""What a mail provider posts: incoming mail, and what became of ours."""

import logging

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import inbound
from notifications.doors import webhooks

logger = logging.getLogger(__name__)


@csrf_exempt  # a program posts; its password, and the provider's signature where there is one, are what counts
@require_http_methods(["POST", "HEAD"])
def webhook(request, provider, kind):
    """200 when everything in it is stored; 503 asks the provider to post it again, 413 says that it never will do."""
    handler = webhooks.handler_of(provider, kind)
    if handler is None:
        raise Http404
    if request.method == "HEAD":  # providers ask whether the address is there
        return HttpResponse()
    try:
        webhooks.take(handler, request)
    except inbound.NotStored as problem:
        logger.warning("What %s posted is to come again: %s", provider, problem)
        return HttpResponse(status=503)
    except webhooks.TooLarge:
        return HttpResponse(status=413)
    return HttpResponse()
