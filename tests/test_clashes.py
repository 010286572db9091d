"""Where two claims clash: each kind of difference named in the words of both sides, and no difference where none is."""

from __future__ import annotations

import time

import pytest
from claim_cases import claim
from hypothesis import given
from hypothesis import strategies as st

from contradict.clashes import Clash, ClashKind, clashes, denials
from contradict.opposites import DENIALS, OPPOSITES

CASES = [
    (
        "The mayor closed the bridge for good.",
        "The mayor did not close the bridge for good.",
        Clash(ClashKind.NEGATION, "", "not close the bridge for"),
    ),
    (
        "The crew has yet to leave the valley.",
        "The crew has left the valley by bus.",
        Clash(ClashKind.NEGATION, "yet to leave the valley", ""),
    ),
    (
        "The ministry denied that troops had crossed the river.",
        "The ministry said that troops had crossed the river.",
        Clash(ClashKind.NEGATION, "denied that troops had crossed", ""),
    ),
    (
        "The pilot didn’t see the light.",
        "The pilot did see the light.",
        Clash(ClashKind.NEGATION, "didn’t see the light", ""),
    ),
    (
        "The court upheld the ban on ferries.",
        "The court overturned the ban on ferries.",
        Clash(ClashKind.OPPOSITE, "upheld", "overturned"),
    ),
    (
        "The ferry leaves after the storm has passed.",
        "The ferry leaves before the storm has passed.",
        Clash(ClashKind.OPPOSITE, "after", "before"),
    ),
    (
        "The blast at the mine hurt 12 miners.",
        "The blast at the mine hurt 40 miners.",
        Clash(ClashKind.FIGURE, "12", "40"),
    ),
    ("The loan to the yard was $3 million.", "The loan to the yard was $9 million.", None),
    (
        "The train derailed on 3 March 2021.",
        "The train derailed on 9 March 2021.",
        Clash(ClashKind.DATE, "3 March 2021", "9 March 2021"),
    ),
    (
        "The envoy landed in Kenya with a large party.",
        "The envoy landed in Uganda with a large party.",
        Clash(ClashKind.PLACE, "Kenya", "Uganda"),
    ),
    (
        "The post was given to Minister Berg on the spot.",
        "The post was given to Minister Holm on the spot.",
        Clash(ClashKind.NAME, "Berg", "Holm"),
    ),
]


def kinds(a: str, b: str) -> set[ClashKind]:
    return {clash.kind for clash in clashes(claim(a), claim(b))}


@pytest.mark.parametrize(("a", "b", "clash"), [case for case in CASES if case[2]])
def test_what_clashes_is_named_in_the_words_of_both_sides(a: str, b: str, clash: Clash) -> None:
    assert clash in clashes(claim(a), claim(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The mayor did not close the bridge.", "The bridge was never closed by the mayor."),
        ("Nobody was hurt in the blast.", "In the blast no one was hurt."),
        ("The ministry denied the attack.", "The ministry rejected claims of the attack."),
    ],
)
def test_what_both_sides_deny_is_no_clash(a: str, b: str) -> None:
    assert ClashKind.NEGATION not in kinds(a, b)


def test_a_denied_denial_clashes_with_a_denial() -> None:
    a, b = "The yard denied that it had not paid its men.", "The yard did not pay its men at all."
    (clash,) = [each for each in clashes(claim(a), claim(b)) if each.kind is ClashKind.NEGATION]
    assert (clash.a, clash.b) == ("denied that it had not", "not pay its men at")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was not only the crew that fled.", ()),
        ("There is no doubt that the crew fled.", ()),
        ("They found nothing but sand in the hold.", ()),
        ("The talks were called off at dawn.", ("called off at dawn",)),
        ("No, the crew did not flee.", ("No, the crew did not", "not flee")),
        ("Photograph no 22 of a set shows the crew.", ()),
        ("It is at No. 10, Quay Street.", ()),
        ("A boat was not called until noon.", ()),
        ("They did not sail, and waited for a week until noon.", ("not sail, and waited for",)),  # too far off
        ("They came no matter what, without doubt, not least by sea.", ()),
        ("The crew fled.", ()),
        ("", ()),
    ],
)
def test_denials_are_read_with_the_words_they_bear_on(text: str, found: tuple[str, ...]) -> None:
    assert denials(text) == found


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        # the same word stands on both sides
        ("The ferry left late and came back early.", "The ferry came in early that night.", ClashKind.OPPOSITE),
        # one of the figures agrees, a rounding agrees, another thing is counted
        ("The blast hurt 12 miners and 40 miners fled.", "The blast hurt 12 miners there.", ClashKind.FIGURE),
        ("The fleet has almost 7,000 boats at sea.", "The fleet has 6,950 boats at sea.", ClashKind.FIGURE),
        ("The blast hurt 12 miners in the pit.", "The blast burnt 40 lorries in the pit.", ClashKind.FIGURE),
        # one date is within the other, or tells neither day nor year
        ("The train derailed on 3 March 2021.", "The train derailed in March 2021.", ClashKind.DATE),
        ("The train derailed in the 1990s on that line.", "The train derailed in 2021 on that line.", ClashKind.DATE),
        # one side merely names more
        ("The envoy landed in Kenya.", "The envoy landed in Kenya and flew on to Uganda.", ClashKind.PLACE),
        # a word that opens the sentence is no name
        ("Nobody saw the ferry leave.", "Everyone saw the ferry leave.", ClashKind.NAME),
    ],
)
def test_what_can_both_hold_is_no_clash(a: str, b: str, kind: ClashKind) -> None:
    assert kind not in kinds(a, b)


def test_a_figure_stands_in_one_clash_only() -> None:
    a, b = claim("The blast hurt 12 miners that night."), claim("The blast hurt 40 miners, or 55 miners by noon.")
    assert [each.kind for each in clashes(a, b)].count(ClashKind.FIGURE) == 1


def test_the_most_telling_clash_comes_first() -> None:
    a = "Minister Berg opened the bridge in Norway on 3 March 2021."
    b = "Minister Holm never closed the bridge in Sweden on 9 March 2021."
    found = [clash.kind for clash in clashes(claim(a), claim(b))]
    assert found == [ClashKind.OPPOSITE, ClashKind.NEGATION, ClashKind.DATE, ClashKind.PLACE, ClashKind.NAME]


SENTENCES = sorted({text for a, b, _ in CASES for text in (a, b)})


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_the_sides_can_be_given_either_way(a: str, b: str) -> None:
    there, back = clashes(claim(a), claim(b)), clashes(claim(b), claim(a))
    assert sorted(there, key=repr) == sorted((Clash(each.kind, each.b, each.a) for each in back), key=repr)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_claim_does_not_clash_with_itself(text: str) -> None:
    assert clashes(claim(text), claim(text)) == ()


def test_opposites_go_both_ways_and_no_word_is_its_own() -> None:
    for word, others in OPPOSITES.items():
        assert word not in others
        assert all(word in OPPOSITES[other] for other in others)
    assert all(word == word.lower() for word in (*OPPOSITES, *DENIALS))


@pytest.mark.parametrize(
    "unit", ["not ", "yet ", "not only ", "n't ", "12 miners ", "3 March 2021, ", "Kenya ", "'’" * 3, "12,"]
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    a, b = claim("The mine is shut. " + unit * 16 + "it"), claim("The mine is open. " + unit * 17 + "it")
    started = time.perf_counter()
    clashes(a, b)
    assert time.perf_counter() - started < 2
