"""What a figure is about: its event, its places, what narrows it, and what it is a part of."""

from __future__ import annotations

import pytest

from contradict.claims import read_claims
from contradict.matter import clause_of, generic, masked, same_kind
from contradict.proper_names import sentence_names
from contradict.types import Claim, Document, Matter, Sentence


def claims(text: str) -> list[Claim]:
    """The claims on figures that a sentence makes, in the order of the sentence."""
    document = Document(id="one", path="", text=text)
    found, _ = read_claims(Sentence(document, 0, 0, len(text)))
    return [claim for claim in found if claim.figure is not None]


def matters(text: str) -> dict[str, Matter]:
    """The matter of each figure, by the figure as written."""
    return {claim.said: claim.matter for claim in claims(text)}


def only(text: str) -> Matter:
    (matter,) = matters(text).values()
    return matter


# Events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The storm killed 43 people.", {"death"}),
        ("43 people died in the storm.", {"death"}),
        ("The death toll rose to 43.", {"death"}),
        ("The storm injured 43 people.", {"injury"}),
        ("43 people are missing after the storm.", {"missing"}),
        ("43 people remain missing after the storm.", {"missing"}),
        ("43 people remain in hospital.", {"hospital"}),
        ("Doctors confirmed 43 cases of measles.", {"case"}),
        ("43 people have caught measles.", set()),
        ("Police arrested 43 people.", {"arrest"}),
        ("Crews rescued 43 miners.", {"rescue"}),
        ("Some 43 houses were destroyed.", {"destruction"}),
        ("43 pilots had arrived by spring.", {"arrival"}),
        ("43 pilots are still fighting.", {"combat"}),
        ("The mast is 43 metres tall.", set()),
    ],
)
def test_the_event_of_a_figure_is_read_from_its_clause(text: str, events: set[str]) -> None:
    assert only(text).events == events


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The storm killed 43 people and injured 12.", "death", "injury"),
        ("The blast killed 43 and wounded 12.", "death", "injury"),
        ("The storm left 43 people dead and 90 hurt.", "death", "injury"),
        ("At least 43 people were killed and more than 90 injured.", "death", "injury"),
        ("43 were killed and 12 were wounded.", "death", "injury"),
        ("43 people died and 12 were hurt.", "death", "injury"),
        ("43 miners were killed and 12 are missing.", "death", "missing"),
        ("They rescued 43 miners; 12 are still trapped.", "rescue", "trapped"),
    ],
)
def test_two_figures_of_one_sentence_keep_their_own_events(text: str, one: str, other: str) -> None:
    first, second = matters(text).values()
    assert first.events == {one}
    assert second.events == {other}
    assert first.sure
    assert second.sure


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("43 prisoners were killed.", "death"),
        ("43 refugees drowned.", "death"),
        ("43 of the protesters were arrested.", "arrest"),
        ("43 evacuees are missing.", "missing"),
    ],
)
def test_who_is_counted_does_not_hide_what_befell_them(text: str, event: str) -> None:
    assert event in only(text).events


def test_an_event_that_another_figure_may_mean_is_not_sure() -> None:
    found = matters("Of the 43 sailors, a report says, the fire killed 12.")
    assert "death" in found["12"].events
    assert found["12"].sure
    assert not found["43"].sure


# Places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The storm killed 43 people in Peru.", {"peru"}),
        ("43 people have died in the United States.", {"united states"}),
        ("About 90 pilots came from Peru and Chile.", {"peru", "chile"}),
        ("From Peru, 43 pilots came.", {"peru"}),
        ("The storm killed 43 people in Turin, Milan and Rome.", {"turin", "milan", "rome"}),
        ("The storm killed 43 people in Turin, Milan, and Rome, aides said.", {"turin", "milan", "rome"}),
        ("The storm killed 43 people in Paris, France, on Monday.", {"paris"}),
        ("The storm killed 43 people in Lima, a city, and Quito.", {"lima"}),
        ("Across Kenya, 43 people died.", {"kenya"}),
    ],
)
def test_a_place_that_is_tied_to_the_figure_is_its_own(text: str, places: set[str]) -> None:
    matter = only(text)
    assert matter.places == places
    assert matter.placed


def test_what_is_named_after_the_world_is_no_place() -> None:
    assert "world" not in only("The 43 drowned in the worst flood of the Second World War.").places
    assert "world" not in only("It was one of 43 boats lost in the Second World War.").places


@pytest.mark.parametrize(
    "text",
    [
        "Peru sent 43 pilots, Chile 12 and Bolivia 9.",
        "Peru with 43 pilots, Chile with 12 and Bolivia with 9 stand out.",
        "Pilots came from Peru (43), Chile (12) and Bolivia (9).",
        "Pilots by country: Peru 43, Chile 12, Bolivia 9.",
        "Some 43 came from Peru, 12 from Chile and 9 from Bolivia.",
    ],
)
def test_each_figure_of_a_list_has_its_own_place(text: str) -> None:
    places = [matter.places for matter in matters(text).values()]
    assert places == [{"peru"}, {"chile"}, {"bolivia"}]


@pytest.mark.parametrize("text", ["Peru reported 43 deaths, Chile 12 and Bolivia 9."])
def test_the_country_that_reports_its_own_count_is_the_place_of_that_count_alone(text: str) -> None:
    assert next(iter(matters(text).values())).places == {"peru"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("According to Lima, 43 people died in Chile.", {"chile"}),
        ("Moscow said 43 pilots had arrived in Ukraine.", {"ukraine"}),
        ("In Chile 43 people died, Lima said.", {"chile"}),
        ("A ministry in Rome said 43 people were treated in Milan.", {"milan"}),
    ],
)
def test_the_place_of_the_speaker_is_not_that_of_the_count(text: str, places: set[str]) -> None:
    assert only(text).places == places


@pytest.mark.parametrize(
    "text",
    [
        "According to Moscow, 43 pilots had arrived.",
        "43 people were killed, Kenya said.",
        "Officials in Nairobi said 43 people had died.",
    ],
)
def test_the_place_of_the_speaker_alone_never_places_a_count(text: str) -> None:
    assert not only(text).placed


@pytest.mark.parametrize(
    ("before", "text", "places"),
    [
        ("Ohio was hit first, then Texas.", "The state counted 43 cases.", {"texas"}),
        ("Ohio was hit first, then Texas.", "Officials said the state's 43 crews were out.", {"texas"}),
        ("A blaze ran through Texas, the American fire service said.", "In the state, 43 fled.", {"texas"}),
        ("A blaze ran through Texas, then Portland.", "The state counted 43 cases.", set()),
        ("A blaze ran through Texas.", "The state broadcaster counted 43 cases.", set()),
        ("Fighting went on in Tigray.", "The state said 43 people had died.", set()),
        ("A blaze ran through Texas.", "In Ohio, not the state it began in, 43 crews were out.", {"ohio"}),
        ("A blaze ran through Texas.", "The state of 43 bridges is poor.", set()),
        ("A blaze ran through Texas.", "A state sent 43 crews.", set()),
        ("A blaze ran through the hills.", "The state sent 43 crews.", set()),
    ],
)
def test_the_state_is_the_one_named_last(before: str, text: str, places: set[str]) -> None:
    document = Document(id="one", path="", text=f"{before} {text}")
    (claim,), _ = read_claims(Sentence(document, 1, len(before) + 1, len(document.text)))
    assert claim.matter.places == places


def test_the_place_of_a_part_is_not_that_of_the_whole() -> None:
    found = matters("43 people worldwide have died, 12 of them in Nepal.")
    assert found["12"].places == {"nepal"}
    assert "nepal" not in found["43"].places


# Categories, parts


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("43 probable cases were found.", "certainty:suspected"),
        ("Doctors suspect 43 cases of measles.", "certainty:suspected"),
        ("43 confirmed cases were found.", "certainty:confirmed"),
        ("43 new cases were found.", "novelty:new"),
        ("Another 43 people died.", "novelty:new"),
        ("A total of 43 people died.", "novelty:total"),
        ("43 civilians died.", "sort:civilian"),
        ("43 children died.", "sort:children"),
    ],
)
def test_what_narrows_a_count(text: str, category: str) -> None:
    assert only(text).categories == {category}


def test_what_narrows_one_count_does_not_narrow_the_next() -> None:
    soldiers, civilians = matters("12 soldiers and 9 civilians were killed.").values()
    assert soldiers.categories == {"sort:military"}
    assert civilians.categories == {"sort:civilian"}


@pytest.mark.parametrize(
    "text",
    [
        "The storm killed 43 people, including 12 children.",
        "The storm killed 43 people, 12 of whom were children.",
        "The storm killed 43 people, among them 12 children.",
        "The storm killed 43 people, 12 of them in one house.",
    ],
)
def test_a_part_is_told_from_its_whole(text: str) -> None:
    found = matters(text)
    assert not found["43"].part
    assert found["12"].part


# Head nouns


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("The ferry carried 43 passengers.", "passenger"),
        ("43 farm animals drowned.", "animal"),
        ("45 soldiers wounded in the blast were flown out.", "soldier"),
        ("12 schools damaged in the storm are shut.", "school"),
        ("43 houses destroyed by the storm stood here.", "hous"),
    ],
)
def test_the_head_is_the_noun_and_not_what_befell_it(text: str, head: str) -> None:
    assert only(text).head == head


def test_heads_of_one_class_of_event_are_of_one_kind() -> None:
    cases, infections = only("43 cases were found."), only("51 infections were found.")
    assert same_kind(cases.head, infections.head)
    assert not same_kind(cases.head, only("43 boats were found.").head)


@pytest.mark.parametrize(("head", "says_nothing"), [("peopl", True), ("person", True), ("", True), ("miner", False)])
def test_some_heads_say_nothing_of_what_is_counted(head: str, says_nothing: bool) -> None:
    assert generic(head) is says_nothing


# Names, masks


@pytest.mark.parametrize(
    ("text", "places", "names"),
    [
        ("In Peru, prices rose.", {"peru"}, set()),
        ("The price rose in Peru and in the United States.", {"peru", "united states"}, set()),
        ("The minister, Ada Brown, went to Peru.", {"peru"}, {"ada", "brown"}),
        ("The plan was dropped.", set(), set()),
        ("He paid US $5 and HK$9 for an iPhone, the minister said.", set(), set()),
        ("A U.S.Army unit left Élan Ray near 5G masts.", {"united states"}, {"army", "élan", "ray"}),
        ("“The _Daily Wire’s_ owner, O’Neil, paid $US40.", set(), {"the", "daily", "wire's_", "o'neil"}),
    ],
)
def test_places_are_told_from_other_names(text: str, places: set[str], names: set[str]) -> None:
    found, others = sentence_names(text)
    assert found == places
    assert others == names


def test_a_masked_sentence_shows_what_is_said_and_not_how_much() -> None:
    first, second = claims("The storm killed 43 people and injured almost 1,200.")
    assert masked(first) == masked(second) == "The storm killed # people and injured #."
    (other,) = claims("The storm killed 51 people.")
    assert masked(other) == "The storm killed # people."


def test_a_masked_clause_is_cut_at_whole_words() -> None:
    text = " ".join(["Long"] * 40) + " after the storm had killed 43 people in the " + " ".join(["valley"] * 40) + "."
    (claim,) = claims(text)
    clause = clause_of(claim)
    assert "killed # people" in clause
    assert len(clause) < 200
    assert set(clause.split()) <= {*text.split(), "#"}
