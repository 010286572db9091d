"""How two sentences line up: what they share, what stands in each other's place, what one denies and the other says."""

from __future__ import annotations

import pytest
from claim_cases import claim, day
from hypothesis import given
from hypothesis import strategies as st

from contradict.alignment import Alignment, align, concept, mended
from contradict.assertions import read_assertions
from contradict.mentions import MentionKind
from contradict.types import Document

PLACED = [
    # one slot, two fillers of one kind
    ("The envoy landed in Kenya by air.", "By air the envoy landed in Uganda.", "place", "Kenya", "Uganda"),
    ("The yard was sold on Friday to a rival.", "The yard was sold to a rival on Monday.", "date", "Friday", "Monday"),
    ("They gave a third reason for it.", "A seventh reason was given for it.", "rank", "third", "seventh"),
    ("The fort fell to Ane Holm at dawn.", "At dawn Kai Dahl took the fort.", "person", "Ane Holm", "Kai Dahl"),
    ("The mine hired 12 men for the pit.", "For the pit the mine hired 40 men.", "figure", "12", "40"),
    ("The last fort to fall since 1965.", "It was the last fort to fall since 1969.", "year", "1965", "1969"),
    # a year hides no day
    ("The deal, signed in 2021, ended on 12 April.", "The deal ended on 5 May.", "date", "12 April", "5 May"),
]  # fmt: skip


def lined_up(a: str, b: str) -> Alignment:
    return align(claim(a), claim(b))


@pytest.mark.parametrize(("a", "b", "kind", "one", "other"), PLACED)
def test_what_stands_in_each_others_place_are_rivals(a: str, b: str, kind: str, one: str, other: str) -> None:
    (rivals,) = lined_up(a, b).telling
    assert (rivals.kind, rivals.a.surface, rivals.b.surface) == (MentionKind(kind), one, other)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # dropped, added, or named less exactly
        ("The envoy landed in Kenya on Friday.", "The envoy landed on Friday."),
        ("The envoy landed in Nairobi to a welcome.", "A welcome met the envoy who landed in Kenya."),
        ("The fort fell to Ane Holm that night.", "That night the fort fell to Holm."),
        ("The fort fell to General Holm that night.", "That night the fort fell to Ane Holm."),
        ("Troops of the United Nations held the fort.", "The fort was held by UN troops."),
        ("The mine hired almost 7,000 men for the pit.", "The mine hired 6,950 men for the pit."),
        ("The yard was sold on 3 March 2021 to a rival.", "The yard was sold to a rival in March 2021."),
        ("The yard was sold to a rival in 2021.", "The yard was sold on 3 March 2021 to a rival."),
        # other kinds, other scales
        ("The mine hired 12 men for the pit.", "The mine hired men for the pit on Monday."),
        ("The loan to the yard was $3 million.", "The loan to the yard was for 9 years."),
        ("The yard was founded in 1921 by a rival.", "The yard was sold to a rival on Monday."),
        # nothing around them agrees
        ("The envoy landed in Kenya.", "Voters in Norway chose a mayor."),
    ],
)
def test_what_is_dropped_added_or_reworded_has_no_rival(a: str, b: str) -> None:
    assert lined_up(a, b).telling == ()


def test_what_both_name_is_paired_off_before_rivals_are_sought() -> None:
    found = lined_up("On Friday the envoy flew from Kenya to Chad.", "The envoy flew from Kenya to Mali on Friday.")
    assert sorted(found.matched) == [MentionKind.DATE, MentionKind.PLACE]
    assert [(rivals.a.surface, rivals.b.surface) for rivals in found.rivals] == [("Chad", "Mali")]


def test_a_name_that_stands_beside_the_other_sentence_is_known_to_both() -> None:
    opened = claim("The bridge was opened by Ane Holm that day.")
    other = "The bridge was opened by Kai Dahl that day."
    assert len(align(opened, claim(other)).telling) == 1
    told = Document(id="b", path="b", text=f"Ane Holm led the talks in town. {other}", date=day(0))
    _, beside = read_assertions(told)
    assert align(opened, beside).telling == ()


def test_each_mention_has_one_rival_at_most_and_the_best_placed() -> None:
    found = lined_up("The mine hired 12 men and 300 clerks.", "The mine hired 40 clerks and 75 men for the pit.")
    sides = [(rivals.a.surface, rivals.b.surface) for rivals in found.rivals]
    assert len({a for a, _ in sides}) == len({b for _, b in sides}) == len(sides) == 2


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("The crew used the boat to flee.", "The crew made no use of the boat.", 1),
        ("The crew did not use the boat.", "The crew never used the boat.", 0),
        ("The crew used the boat.", "The crew used the boat with no map.", 0),
    ],
)
def test_what_one_denies_and_the_other_says_is_counted(a: str, b: str, words: int) -> None:
    assert bool(lined_up(a, b).denied) is bool(words)


def test_opposites_count_by_what_agrees_around_them() -> None:
    near = lined_up("The bridge was open to lorries.", "The bridge was closed to lorries.").opposed
    far = lined_up("The bridge was open to lorries.", "Schools in town were closed.").opposed
    assert (near, far) == ((2,), (0,))


def test_words_are_the_same_in_other_forms_and_as_names_of_one_kind_of_event() -> None:
    assert concept("killed") == concept("died") != concept("hurt")
    found = lined_up("Critics said criticism killed the reform.", "The reform died once it was criticised.")
    assert found.shared == 3


def test_mended_sentences_have_what_the_other_has_in_the_place_of_a_rival() -> None:
    a, b = claim("The yard was sold on Friday to Ane Holm."), claim("On Monday the yard was sold to Kai Dahl.")
    found = mended(a, b, align(a, b))
    assert found == ("The yard was sold on Monday to Kai Dahl.", "On Friday the yard was sold to Ane Holm.")
    assert mended(a, a, align(a, a)) is None


NAMED = ("Ane Holm met Bo Dahl at the yard.", "At the yard Holm met Karl Lind.")  # one name in full, and one alone
SENTENCES = sorted({text for row in PLACED for text in row[:2]} | {*NAMED})


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_with_the_sides_swapped_so_is_the_alignment(a: str, b: str) -> None:
    there, back = lined_up(a, b), lined_up(b, a)
    assert there.covered == back.covered[::-1]
    assert sorted(there.matched) == sorted(back.matched)
    assert (there.shared, there.denied, there.opposed) == (back.shared, back.denied, back.opposed)
    assert {(r.a.surface, r.b.surface) for r in there.rivals} == {(r.b.surface, r.a.surface) for r in back.rivals}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_lines_up_with_itself_whole(text: str) -> None:
    found = lined_up(text, text)
    assert (found.covered, found.rivals, found.denied) == ((1.0, 1.0), (), 0)
