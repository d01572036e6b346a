"""How the web process answers requests: each in one thread of a small pool, from its first middleware to its last.

Django's own handler changes threads for every middleware that may be asynchronous and opens the database anew for each
request. All our views are plain functions, so one change of thread is enough, and the threads keep their connections.
"""

from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import FileResponse
from django.urls import set_script_prefix


class PooledHandler(ASGIHandler):
    """An ASGI application for HTTP; `settings.WEB_THREADS` requests are answered at once, others wait their turn."""

    def __init__(self):
        super().__init__()
        self.pool = ThreadPoolExecutor(settings.WEB_THREADS, thread_name_prefix="request")

    def load_middleware(self, is_async=False):
        super().load_middleware(is_async=False)

    async def __call__(self, scope, receive, send):
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            response = await self.in_thread(self.answer)(scope, body)
            if response.streaming:
                response.streaming_content = self.parts(iter(response.streaming_content))
            await self.send_response(response, send)
            if response.streaming:
                await self.in_thread(response.close)()

    def in_thread(self, function):
        return sync_to_async(function, thread_sensitive=False, executor=self.pool)

    def answer(self, scope, body):
        """The response to a request, whole unless it is a stream; runs in a thread of the pool."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, response = self.create_request(scope, body)
        if request is not None:
            response = self.get_response(request)
        response._handler_class = self.__class__
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()  # what it holds is in memory by now, and this thread's connection is free
        return response

    async def parts(self, content):
        """The parts of a stream, each read in a thread."""
        while (part := await self.in_thread(next)(content, None)) is not None:
            yield part
