"""Open pages hear of new entries: a walker reads each entry once for all pages of its process (`hub`), entries are put
into frames once (`frames`), and the frames are written to each client at the pace at which it takes them (`wires`).

Which pages there are, who may open one and what it is told is said by the floors above; docs/live.md has the protocol.
"""
