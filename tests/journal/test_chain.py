"""The arithmetic of the chain, from its own description."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal import chain

FIELDS = {"journal": "plenary", "seq": 1, "verb": "post.opened", "actor": "member:1", "about": "post:1"}
AT = datetime(2026, 5, 3, 12, tzinfo=UTC)


def test_a_link_can_be_computed_by_hand():
    commitment = hashlib.sha256(b"s" * 16 + b'{"a":1,"b":"\xc3\xa9"}').digest()
    fields = b'["plenary",1,"post.opened","member:1","post:1","everyone","2026-05-03T12:00:00.000000Z"]'

    assert chain.commitment(b"s" * 16, {"b": "é", "a": 1}) == commitment
    assert (
        chain.link(chain.START, **FIELDS, audience="everyone", at=AT, commitment=commitment)
        == hashlib.sha256(bytes(32) + fields + commitment).digest()
    )


def test_a_moment_is_the_same_in_every_zone():
    assert chain.moment(AT.astimezone(timezone(timedelta(hours=5, minutes=45)))) == chain.moment(AT)


def test_the_head_is_printed_short():
    assert chain.mark(340, bytes.fromhex("7f3a91c2" + "00" * 28)) == "340-7f3a91c2"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


# Deep values take their time to be thought of, however fast the machine is.
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text(), json_values, max_size=6))
def test_data_has_one_spelling_whatever_the_order_of_its_keys(data):
    assert chain.canonical(data) == chain.canonical(dict(reversed(list(data.items()))))
