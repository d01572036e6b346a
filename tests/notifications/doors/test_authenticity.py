"""Where no mail server of ours has checked, the signature of the From's domain speaks, and what it asks for."""

import dkim
import pytest

from forum.models import Post
from notifications import addresses
from notifications.intake import authenticity, lookups
from notifications.models import Arrival
from tests.notifications.doors.nameserver import QUARANTINING, REJECTING, WATCHING, make_key, sign

OURS = "mx.example.org"


@pytest.fixture
def brings(world, postman, names):
    """A function that brings an answer of Dora's by a door, changed on its way; returns the arrival."""
    letter = postman.letter(world.dora, world.answer)

    def bring(change=lambda raw: raw, door="imap", text="Chez nous aussi.", **fields):
        raw = change(postman.answer(letter, text, **fields))
        return postman.brings(raw, to=addresses.reply(letter.code), door=door)

    return bring


def test_a_signed_mail_of_a_strict_domain_is_taken_and_an_unsigned_one_is_held(brings, names, key):
    names.records["_dmarc.example.org"] = [REJECTING]

    unsigned = brings()
    signed = brings(lambda raw: sign(raw, key[0]), text="Signé.")

    assert (unsigned.state, unsigned.outcome, unsigned.authenticity) == ("held", "wrong_sender", "dkim fail reject")
    assert (signed.state, signed.outcome, signed.authenticity) == ("done", "posted", "dkim pass example.org")
    assert Post.objects.get(channel="mail").text == "Signé."


@pytest.mark.parametrize("records", [[], [WATCHING], [REJECTING, WATCHING], [b"v=spf1 -all"]])
def test_a_domain_that_asks_for_nothing_is_taken_as_ever(brings, names, records):
    names.records["_dmarc.example.org"] = records

    arrival = brings()

    assert (arrival.outcome, arrival.authenticity) == ("posted", "dkim none")


def test_a_mail_that_was_changed_on_its_way_is_held(brings, names, key):
    names.records["_dmarc.example.org"] = [REJECTING]

    arrival = brings(lambda raw: sign(raw, key[0]).replace(b"Chez nous", b"Chez vous"))

    assert arrival.outcome == "wrong_sender"


def test_another_domains_good_signature_vouches_for_nobody(brings, names, key):
    names.records |= {"_dmarc.example.org": [REJECTING], "sel._domainkey.forger.example": [key[1]]}

    arrival = brings(lambda raw: sign(raw, key[0], domain="forger.example"))

    assert arrival.outcome == "wrong_sender"


def test_a_signature_that_leaves_the_from_out_or_the_end_of_the_text_is_none(brings, names, key, monkeypatch):
    names.records["_dmarc.example.org"] = [REJECTING]
    signed_short = brings(lambda raw: sign(raw, key[0], length=True) + b"\r\nAnd more")

    def without_from(raw):
        signed = sign(raw.replace(b"From:", b"Sender:", 1), key[0], include_headers=[b"sender", b"subject", b"from"])
        return signed.replace(b"Sender:", b"From:", 1)

    nameless = brings(without_from, text="Sans nom")

    assert (signed_short.outcome, nameless.outcome) == ("wrong_sender", "wrong_sender")


def test_from_must_be_among_what_was_signed(names, key, postman):
    """dkimpy itself takes such a signature."""
    raw = postman.mail("dora@example.org", "x@reply.example.org", "Text")
    signer = dkim.DKIM(raw)
    monkey = {"sel._domainkey.example.org.": key[1]}
    unsigned_from = _sign_subject_only(signer, key[0]) + raw

    assert dkim.verify(unsigned_from, dnsfunc=lambda name, timeout=5: monkey[name.decode()])
    names.records["_dmarc.example.org"] = [REJECTING]
    assert str(authenticity.prove(unsigned_from, "dora@example.org", door="imap")) == "dkim fail reject"


def _sign_subject_only(signer, private):
    """What a careless or malicious signer of the same domain might make: a signature over the subject alone."""
    canon = dkim.CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    digest = dkim.HASH_ALGORITHMS[b"rsa-sha256"]()
    digest.update(canon.canonicalize_body(signer.body))
    fields = [
        (b"v", b"1"),
        (b"a", b"rsa-sha256"),
        (b"c", b"relaxed/relaxed"),
        (b"d", b"example.org"),
        (b"s", b"sel"),
        (b"h", b"subject"),
        (b"bh", dkim.base64.b64encode(digest.digest())),
        (b"b", b"0" * 60),
    ]
    signer.hasher = dkim.HASH_ALGORITHMS[b"rsa-sha256"]
    pk = dkim.parse_pem_private_key(private)
    return b"DKIM-Signature: " + signer.gen_header(fields, [b"subject"], canon, b"DKIM-Signature", pk)


def test_a_subdomain_may_sign_for_its_organisation_unless_that_wants_it_exact(brings, names, key):
    names.records |= {"_dmarc.example.org": [REJECTING], "sel._domainkey.mail.example.org": [key[1]]}
    relaxed = brings(lambda raw: sign(raw, key[0], domain="mail.example.org"))

    names.records["_dmarc.example.org"] = [QUARANTINING]
    lookups.resolver.kept.clear()
    strict = brings(lambda raw: sign(raw, key[0], domain="mail.example.org"), text="Encore")

    assert (relaxed.outcome, strict.outcome) == ("posted", "wrong_sender")


def test_a_subdomain_is_held_to_what_its_organisation_asks_of_subdomains(names, postman):
    names.records["_dmarc.example.org"] = [b"v=DMARC1; p=none; sp=reject"]
    raw = postman.mail("dora@office.example.org", "x@reply.example.org", "Text")

    assert str(authenticity.prove(raw, "dora@office.example.org", door="imap")) == "dkim fail reject"
    names.records["_dmarc.office.example.org"] = [WATCHING]
    lookups.resolver.kept.clear()
    assert str(authenticity.prove(raw, "dora@office.example.org", door="imap")) == "dkim none"


def test_a_registry_is_nobodys_organisation(names, postman, key):
    names.records |= {"_dmarc.co.example": [b"v=DMARC1; p=reject; psd=y"], "sel._domainkey.evil.co.example": [key[1]]}
    raw = sign(postman.mail("dora@good.co.example", "x@reply.example.org", "Text"), key[0], domain="evil.co.example")

    assert str(authenticity.prove(raw, "dora@good.co.example", door="imap")) == "dkim fail reject"


@pytest.mark.parametrize("away", ["_dmarc.example.org", "sel._domainkey.example.org"])
def test_a_name_server_that_is_away_holds_nobody_up(brings, names, key, away):
    names.records["_dmarc.example.org"] = [REJECTING]
    names.away = {away}

    arrival = brings(lambda raw: sign(raw, key[0]).replace(b"b=", b"b=" if away.startswith("sel") else b"b=A", 1))

    assert (arrival.outcome, arrival.authenticity.split()[1]) == ("posted", "temperror")


def test_names_are_asked_for_once(brings, names, key):
    for number in range(3):
        brings(lambda raw: sign(raw, key[0]), text=f"Texte {number}")

    assert sorted(names.asked) == sorted(set(names.asked))


def test_a_key_of_512_bits_or_a_very_long_one_proves_nothing(brings, names):
    names.records["_dmarc.example.org"] = [REJECTING]
    private, public = make_key(512 * 2 - 64)
    names.records["sel._domainkey.example.org"] = [public]
    short = brings(lambda raw: sign(raw, private))

    names.records["sel._domainkey.example.org"] = [public + b" " * 2_000]
    lookups.resolver.kept.clear()
    long = brings(lambda raw: sign(raw, private), text="Encore")

    assert (short.outcome, long.outcome) == ("wrong_sender", "wrong_sender")


def test_mail_from_our_own_server_is_its_business(brings, names, settings):
    names.records["_dmarc.example.org"] = [REJECTING]

    by_lmtp = brings(door="lmtp")
    settings.SENDER_CHECK = "dkim"
    checked = brings(door="lmtp", text="Encore")
    settings.SENDER_CHECK = "off"
    unchecked = brings(door="imap", text="Et encore")

    assert [found.outcome for found in (by_lmtp, checked, unchecked)] == ["posted", "wrong_sender", "posted"]


def test_what_our_own_server_says_goes_before_what_we_find(brings, names, settings):
    settings.AUTHSERV_ID = OURS
    names.records["_dmarc.example.org"] = [REJECTING]
    lines = f"Authentication-Results: {OURS};\r\n\tdkim=none; dmarc=pass header.from=example.org\r\n".encode()
    arc = f"ARC-Authentication-Results: i=1; {OURS}; dmarc=pass\r\n".encode()

    passed = brings(lambda raw: lines + raw)
    by_arc = brings(lambda raw: arc + raw, text="Encore")

    assert (passed.outcome, passed.authenticity) == ("posted", "mta pass")
    assert by_arc.outcome == "wrong_sender"
    assert not names.asked[3:]


@pytest.mark.parametrize(
    "hostile",
    [
        b"DKIM-Signature: \r\n",
        b"DKIM-Signature: d=example.org; a=rsa-sha256; h=" + b"from:" * 3_000 + b"; s=sel; b=AAAA; bh=AAAA; v=1\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=\xff\xfe; h=from; bh=AAAA; b=AAAA\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=sel; h=from; bh=AAAA; b=====\r\n" * 400,
        b"X-Filler: x\r\n" * 5_000,
        b"not a header at all\r\nDKIM-Signature: v=1; d=example.org\r\n",
    ],
)
def test_no_signature_can_do_harm(brings, names, hostile):
    names.records["_dmarc.example.org"] = [REJECTING]

    arrival = brings(lambda raw: hostile + raw)

    assert arrival.state == Arrival.State.HELD
    assert len(names.asked) < 20
