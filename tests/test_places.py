"""Places have one name each, and know what they lie in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.places import COUNTRIES, canonical_place, contains, country_of, is_place, is_state, parent


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Russian", "russia"),
        ("the Russian Federation", "russia"),
        ("Haitians", "haiti"),
        ("U.S.", "united states"),
        ("the US", "united states"),
        ("Britain's", "united kingdom"),
        ("Kiev", "kyiv"),
        ("São Paulo", "sao paulo"),
        ("Côte d’Ivoire", "ivory coast"),
        ("worldwide", "world"),
        ("Atlantis", "atlantis"),
    ],
)
def test_a_place_has_one_name_however_it_is_written(written: str, canonical: str) -> None:
    assert canonical_place(written) == canonical


@pytest.mark.parametrize(("word", "known"), [("us", False), ("US", True), ("polish", False), ("Polish", True)])
def test_a_common_word_in_lower_case_is_no_place(word: str, known: bool) -> None:
    assert is_place(word) is known


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("Europe", "Paris", True),
        ("the US", "Houston", True),
        ("Texas", "Houston", True),
        ("the world", "Gaza City", True),
        ("China", "Hong Kong", True),
        ("Paris", "France", False),
        ("Russia", "Kyiv", False),
        ("Nowhere", "nowhere", True),
        ("Nowhere", "Elsewhere", False),
    ],
)
def test_a_larger_place_contains_a_smaller_one(outer: str, inner: str, holds: bool) -> None:
    assert contains(outer, inner) is holds


@pytest.mark.parametrize(
    ("place", "country"), [("Donetsk", "ukraine"), ("Texan oil", None), ("Asia", None), ("Dallas", "united states")]
)
def test_a_place_belongs_to_a_country(place: str, country: str | None) -> None:
    assert country_of(place) == country


def test_every_chain_of_places_ends_in_the_world() -> None:
    for country in set(COUNTRIES.values()):
        chain = [country]
        while (above := parent(chain[-1])) is not None:
            assert above not in chain
            chain.append(above)
        assert chain[-1] == "world"


@given(st.text(max_size=60))
def test_any_name_has_a_canonical_form_that_keeps(name: str) -> None:
    once = canonical_place(name)
    assert not is_place(name) or canonical_place(once) == once


@pytest.mark.parametrize("place", ["Texas", "California", "New York State"])
def test_a_state_holds_no_other(place: str) -> None:
    assert is_state(place)


@pytest.mark.parametrize("place", ["Houston", "New York", "Donbas", "Scotland", "United States", "Kenya", "Atlantis"])
def test_what_is_no_state_of_the_united_states(place: str) -> None:
    assert not is_state(place)
