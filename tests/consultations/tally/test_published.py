"""Elections whose result is published: the ballots and the results are facts, the sources stand beside them."""

import pytest

from consultations import tally
from tests.consultations.tally.elections import ballots

# M. Schulze, "The Schulze Method of Voting" (arXiv 1804.02973), section 3, by the number of voters, and the examples
# that the articles on the method in Wikipedia and on Electowiki count through.
SCHULZE = {
    "21 voters": ("8 ACDB, 2 BADC, 4 CDBA, 4 DBAC, 3 DCBA", "D A C B"),
    "9 voters": ("3 ABCD, 2 CBDA, 2 DABC, 2 DBCA", "BD AC"),
    "63 voters": ("6 ABCD, 12 ACDB, 21 BCAD, 9 CDBA, 15 DBAC", "B AC D"),
    "19 voters, six options": ("3 ADEBCF, 3 BFECDA, 4 CABFDE, 1 DBCEFA, 4 DEFABC, 2 ECBDFA, 2 FACDBE", "A B F D E C"),
    "21 voters, six options": (
        "3 ADEBCF, 3 BFECDA, 4 CABFDE, 1 DBCEFA, 4 DEFABC, 2 ECBDFA, 2 FACDBE, 2 AEFCBD",
        "D E C A B F",
    ),
    "138 voters": (
        "6 ABCD, 8 (AB)(CD), 8 (AC)(BD), 18 (AC)DB, 8 (ACD)B, 40 B(ACD), 4 CBDA, 9 CDAB, 8 (CD)(AB), 14 DABC,"
        " 11 DBCA, 4 DCAB",
        "D A B C",
    ),
    "Wikipedia": ("5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC", "E A C B D"),
    "Electowiki 2": ("5 ACBD, 2 ACDB, 3 ADCB, 4 BACD, 3 CBDA, 3 CDBA, 1 DACB, 5 DBAC, 4 DCBA", "D A C B"),
    "Electowiki 3": (
        "3 ABDEC, 5 ADEBC, 1 ADECB, 2 BADEC, 2 BDECA, 4 CABDE, 6 CBADE, 2 DBECA, 5 DECAB",
        "B A D E C",
    ),
}


@pytest.mark.parametrize("name", SCHULZE)
def test_schulzes_examples(name):
    cast, order = SCHULZE[name]
    options = sorted(set(order) - {" "})

    outcome = tally.schulze(options, ballots(cast))

    assert " ".join("".join(tied) for tied in outcome.order) == order


def test_schulzes_strongest_paths():
    # The table of strongest paths of the 45 voters, in the article on the method in Wikipedia.
    outcome = tally.schulze("ABCDE", ballots(SCHULZE["Wikipedia"][0]))

    rows = {a: [outcome.paths[a].get(b, 0) for b in "ABCDE"] for a in "ABCDE"}
    assert rows == {
        "A": [0, 28, 28, 30, 24],
        "B": [25, 0, 28, 33, 24],
        "C": [25, 29, 0, 29, 24],
        "D": [25, 28, 28, 0, 24],
        "E": [25, 28, 28, 31, 0],
    }


# The capital of Tennessee, the example of the articles on voting methods in Wikipedia: Memphis, Nashville, Chattanooga,
# Knoxville.
TENNESSEE = "42 MNCK, 26 NCKM, 15 CKNM, 17 KCNM"


def test_tennessee_has_a_capital_for_every_method():
    cast = ballots(TENNESSEE)

    runoff = tally.irv("MNCK", cast)

    assert tally.plurality("MNCK", cast).winners == ("M",)
    assert tally.schulze("MNCK", cast).order == (("N",), ("C",), ("K",), ("M",))
    assert runoff.order == (("K",), ("M",), ("N",), ("C",))
    assert [step.votes for step in runoff.rounds] == [
        {"M": 42, "N": 26, "C": 15, "K": 17},
        {"M": 42, "N": 26, "K": 32},
        {"M": 42, "K": 58},
    ]


# The mayor of Burlington, Vermont, 3 March 2009, between the last three: Montroll, Kiss, Wright (W. D. Smith,
# A. Gierzynski, rangevoting.org/Burlington.html). Kiss was elected 4,314 to 4,064; Montroll was preferred to either.
BURLINGTON = "1332 MKW, 767 MWK, 455 M, 2043 KMW, 371 KWM, 568 K, 1513 WMK, 495 WKM, 1289 W"


def test_burlington_elects_kiss_and_prefers_montroll():
    cast = ballots(BURLINGTON)

    runoff, pairs = tally.irv("MKW", cast), tally.schulze("MKW", cast)

    assert runoff.order == (("K",), ("W",), ("M",))
    assert runoff.rounds[0].votes == {"M": 2554, "K": 2982, "W": 3297}
    assert runoff.rounds[1].votes == {"K": 4314, "W": 4064}
    assert runoff.rounds[1].exhausted == 455
    assert pairs.order == (("M",), ("K",), ("W",))
    assert (pairs.pairwise["M"]["K"], pairs.pairwise["K"]["M"]) == (4067, 3477)
    assert (pairs.pairwise["M"]["W"], pairs.pairwise["W"]["M"]) == (4597, 3668)


# The leader of the Debian project 2002: Robinson, Hertzog, Garbee, none of them (X). Each order among the ballots is
# that of PrefLib's 00002-00000001.soi, which has them without ties; the project published the winner and that Garbee
# won three pairs, Robinson two, Hertzog one and none of them none (vote 0001 of 2002).
DEBIAN = """60 GRHX, 50 RGHX, 40 GRH, 34 GHRX, 31 GHXR, 29 HGRX, 29 RGH, 24 HRGX, 22 RHGX, 20 GHR, 15 RGXH, 14 HGR,
 11 GRXH, 9 HGXR, 9 G, 8 RHG, 7 R, 5 HGX, 5 HRG, 5 GX, 5 GH, 4 GXHR, 4 RXHG, 4 GXRH, 4 HG, 3 HRXG, 3 GHX, 2 HXRG,
 2 RXGH, 2 RHXG, 2 RH, 2 RG, 2 HR, 2 H, 1 XHGR, 1 HXGR, 1 GRX, 1 RGX, 1 XG, 1 HX, 1 X"""


def test_debian_elects_its_leader_of_2002():
    outcome = tally.schulze("RHGX", ballots(DEBIAN))

    assert outcome.ballots == 475
    assert outcome.order == (("G",), ("R",), ("H",), ("X",))


# Votes of assemblies, as their records give them: for, against, abstaining.
MOTIONS = {
    # Rights of indigenous peoples, A/RES/61/295, 13 September 2007; a majority of the 192 members must be present
    # (General Assembly, rule 67).
    "indigenous peoples": ({"yes": 143, "no": 4, "abstain": 11, "roll": 192, "quorum": "majority"}, 74, True),
    # The right to water and sanitation, A/RES/64/292, 28 July 2010.
    "water": ({"yes": 122, "no": 0, "abstain": 41}, 62, True),
    # The porbeagle, CITES, Doha 2010: two thirds of those voting, reached to the vote in committee, missed in plenary.
    "porbeagle, committee": ({"yes": 86, "no": 42, "abstain": 8, "majority": "two_thirds"}, 86, True),
    "porbeagle, plenary": ({"yes": 84, "no": 46, "abstain": 10, "majority": "two_thirds"}, 87, False),
    # A whale sanctuary in the South Atlantic, International Whaling Commission, 11 September 2018: three quarters.
    "whale sanctuary": ({"yes": 39, "no": 25, "abstain": 3, "majority": "3/4"}, 48, False),
}


@pytest.mark.parametrize("name", MOTIONS)
def test_votes_of_assemblies(name):
    figures, needed, adopted = MOTIONS[name]

    motion = tally.motion(**figures)

    assert (motion.needed, motion.adopted) == (needed, adopted)
