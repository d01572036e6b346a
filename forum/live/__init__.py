"""Live pages: which kinds there are, who may open one, and the three ways in which one is followed.

`kinds` is the registry; `threads` the first kind; `doors` asks who comes in and who may stay; `sockets`, `events` and
`news` are the websocket, the stream and the answer to who asks again and again. docs/live.md describes all of it.
"""
