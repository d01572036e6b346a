"""How long somebody may speak. Pure, but for the rows it is given.

One's own time comes first, then that of one's kind, then that of the hearing. Replies follow the practice of the Human
Rights Council: of a second one two thirds, where the hearing says nothing else (there three minutes, then two; in the
General Assembly, decision 34/401, ten and five).
"""


def seconds(hearing, speaker):
    """Seconds of a speaker, from what the hearing allots to their kind."""
    by_kind = hearing.seconds_by_kind or {}
    if speaker.seconds:
        return speaker.seconds
    if speaker.kind in by_kind:
        return by_kind[speaker.kind]
    if speaker.kind == "second_reply":
        return max(30, by_kind.get("reply", hearing.seconds) * 2 // 3)
    return hearing.seconds
