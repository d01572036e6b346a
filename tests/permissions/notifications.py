"""Who gets what at the addresses of mail settings; tests/permissions explains the words."""

from tests.permissions import Row

ROWS = {
    # The link in a mail is the permission: a forged one leads nowhere, whoever holds it.
    "confirm": Row(at=lambda world: {"token": "forged"}, get="-- -- -- -- --", post="-- -- -- -- --"),
}
