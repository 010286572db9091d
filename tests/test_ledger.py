"""Which statements of one matter agree, and which stand alone against the others."""

from __future__ import annotations

from datetime import date

import pytest

from contradict.claims import read_claims
from contradict.ledger import MOST, Standing, standings
from contradict.types import Claim, Document, Sentence, TimeSpan


def claim(text: str, day: int | None, outlet: str, *, version_of: str | None = None) -> Claim:
    when = TimeSpan(date(2023, 6, day), date(2023, 6, day)) if day else None
    article = Document(id=f"{outlet} {day} {text}", path="", text=text, source=outlet, date=when, version_of=version_of)
    found, _ = read_claims(Sentence(article, 0, 0, len(text)))
    return next(each for each in found if each.figure is not None)


def deaths(*told: tuple[str, int | None, str]) -> list[Claim]:
    """Reports of one death toll: how many, on which day of June, by which outlet."""
    return [claim(f"The storm killed {number} people in Peru.", day, outlet) for number, day, outlet in told]


@pytest.mark.parametrize(
    ("told", "alone"),
    [
        ([("43", 1, "Echo"), ("43", 1, "Herald"), ("70", 1, "Mirror")], ["70"]),
        ([("43", 1, "Echo"), ("about 44", 1, "Herald"), ("70", 1, "Mirror")], ["70"]),
        # Two against one outlet that says it twice; one against one.
        ([("43", 1, "Echo"), ("43", 1, "Echo"), ("70", 1, "Mirror")], []),
        ([("43", 1, "Echo"), ("70", 1, "Mirror")], []),
        # Two accounts, each with two outlets.
        ([("43", 1, "Echo"), ("43", 1, "Herald"), ("70", 1, "Mirror"), ("70", 1, "Star")], []),
        # Three accounts, none of which two outlets share.
        ([("43", 1, "Echo"), ("70", 1, "Herald"), ("120", 1, "Mirror")], []),
        # A toll that rises over days, and the last report of it.
        ([("43", 1, "Echo"), ("43", 1, "Herald"), ("70", 4, "Mirror")], []),
        ([("43", 1, "Echo"), ("60", 3, "Herald"), ("60", 3, "Star"), ("80", 9, "Mirror")], []),
        # A toll that is lower a day after two outlets gave a higher one.
        ([("60", 3, "Herald"), ("60", 3, "Star"), ("43", 4, "Mirror")], ["43"]),
        # No date, no moment: but for what agrees with it.
        ([("43", 1, "Echo"), ("43", 1, "Herald"), ("70", None, "Mirror")], []),
        # Its own outlet does not back it up.
        ([("43", 1, "Echo"), ("43", 1, "Herald"), ("70", 1, "Mirror"), ("70", 1, "mirror")], ["70", "70"]),
    ],
)
def test_a_statement_stands_alone_against_two_sources_that_agree_at_its_moment(
    told: list[tuple[str, int | None, str]], alone: list[str]
) -> None:
    claims = deaths(*told)
    found = standings(claims)
    assert [each.said for each, standing in zip(claims, found, strict=True) if standing.alone] == alone


def test_a_part_of_a_list_does_not_stand_alone_against_its_total() -> None:
    listed = claim("The storm killed 20 children and six adults in Peru.", 1, "Mirror")
    claims = [*deaths(("26", 1, "Echo"), ("26", 1, "Herald")), listed]
    assert listed.said == "20"
    assert not any(standing.alone for standing in standings(claims))


def test_a_figure_of_a_whole_period_does_not_stand_alone_against_those_of_a_day() -> None:
    claims = [
        claim(f"The village had {told}.", 1, name) for told, name in (("43 clerks", "Echo"), ("43 clerks", "Star"))
    ]
    year = claim("The village had 70 clerks in 2023.", 1, "Mirror")
    assert [standing.alone for standing in standings([*claims, year])] == [False] * 3
    day = claim("The village had 70 clerks.", 1, "Mirror")
    assert [standing.alone for standing in standings([*claims, day])] == [False, False, True]


def test_statements_that_agree_are_one_group_whenever_they_were_made() -> None:
    claims = deaths(("43", 1, "Echo"), ("70", 2, "Herald"), ("at least 43", 2, "Star"), ("43", 20, "Mirror"))
    assert [standing.group for standing in standings(claims)] == [1, 2, 1, 1]


def test_a_group_holds_only_statements_that_all_agree_with_each_other() -> None:
    claims = deaths(("about 100", 1, "Echo"), ("about 120", 1, "Herald"), ("about 140", 1, "Star"))
    assert [standing.group for standing in standings(claims)] == [1, 1, 2]


def test_a_quantity_that_does_not_move_is_held_against_at_any_time() -> None:
    texts = (("6.8", 1, "Echo"), ("6.8", 3, "Herald"), ("7.6", 20, "Mirror"))
    claims = [claim(f"The magnitude {size} earthquake struck Peru.", day, outlet) for size, day, outlet in texts]
    assert [standing.alone for standing in standings(claims)] == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "The storm killed 70 people in Kenya.",
        "The storm killed 70 more people in Peru.",
        "The storm killed 70 soldiers in Peru.",
        "The storm killed many in Peru, including 70 people.",
    ],
)
def test_a_figure_of_another_place_or_of_a_part_stands_against_nothing(text: str) -> None:
    claims = [*deaths(("43", 1, "Echo"), ("43", 1, "Herald")), claim(text, 1, "Mirror")]
    assert [standing.alone for standing in standings(claims)] == [False, False, False]


def test_two_versions_of_one_article_are_one_source() -> None:
    text = "The storm killed 43 people in Peru."
    first = claim(text, 1, "")
    second = claim(f"{text} ", 1, "", version_of=first.document.id)
    other = claim("The storm killed 70 people in Peru.", 1, "Mirror")
    assert not any(standing.alone for standing in standings([first, second, other]))


def test_an_agency_behind_two_outlets_is_one_source() -> None:
    text = "The storm killed {} people in Peru, the ministry told Reuters."
    claims = [claim(text.format(43), 1, outlet) for outlet in ("Echo", "Herald")]
    claims.append(claim("The storm killed 70 people in Peru.", 1, "Mirror"))
    assert [each.speaker.via if each.speaker else None for each in claims[:2]] == ["Reuters", "Reuters"]
    assert not any(standing.alone for standing in standings(claims))


def test_nothing_is_told_of_too_many_statements_to_set_against_each_other() -> None:
    claims = deaths(*((str(number), 1, f"outlet {number}") for number in range(2, MOST + 3)))
    assert standings(claims) == [Standing()] * (MOST + 1)


def test_no_statement_has_no_standing() -> None:
    assert standings([]) == []
