"""What is usually done: a consumer for each client, all in one group of the channel layer, told by `group_send`.

Run under Daphne as ours is; it asks for no session and no permission. LAYER is the address of Redis, or empty for the
layer in memory.
"""

import asyncio
import json
import os
import time
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter
from django.conf import settings

REDIS = os.environ.get("LAYER", "")
settings.configure(
    CHANNEL_LAYERS={
        "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS]}}
        if REDIS
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    }
)
GROUP = "page"


class Consumer(AsyncWebsocketConsumer):
    groups = [GROUP]

    async def page_event(self, message):
        await self.send(text_data=message["text"])


async def publish(scope, receive, send):
    """POST /publish?first=F&count=C with a text that holds %SEQ%: the answer names when each event was."""
    asked = parse_qs(scope["query_string"].decode())
    text = (await receive())["body"].decode()
    times, layer = [], get_channel_layer()
    first = int(asked["first"][0])
    for seq in range(first, first + int(asked["count"][0])):
        times.append(time.monotonic_ns())
        await layer.group_send(GROUP, {"type": "page.event", "text": text.replace("%SEQ%", str(seq))})
        await asyncio.sleep(0)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(times).encode()})


application = ProtocolTypeRouter({"http": publish, "websocket": Consumer.as_asgi()})
