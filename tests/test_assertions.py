"""What a sentence asserts as a whole: which sentences do, and on whose word."""

from __future__ import annotations

import time

import pytest
from claim_cases import claim
from hypothesis import given
from hypothesis import strategies as st

from contradict.assertions import MOST_WORDS, asserts, read_assertion, read_assertions
from contradict.sentences import read_sentences
from contradict.types import Document, Kind

SPOKEN = """Harbour master Ane Holm said the ferry had sailed on time. He added that nobody was left on the quay.

The Orvik Post was told something else. “Was the ferry late?” said union leader Tor Berg. He said it had never sailed.
"""


def document(text: str) -> Document:
    return Document(id="one", path="one.txt", text=text)


# What is asserted


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left the harbour before noon.",
        "Nobody from the crew was on board.",
        "The ministry denied that the bridge had been closed.",
        "The union will strike if the talks fail.",
        "The council should have no say, the mayor said.",
        "Share prices fell in Oslo on Monday.",
        "Signs of ice were seen on the wing.",
        "The Orvik Post was first published in 1877 by a miner.",
        "His story was published in 1987 by a paper in Oslo.",
        "1.25-1.50 million people were moved by the flood in Orvik.",
        "Follow-up tests found no ice on the wing.",
        "She wrote a report on the claims of the miners.",
        "“We never left the valley,” said the shepherd.",
        "The keeper struggled to say how the light could have failed.",
        "She asked for a new vote, which the council should have held in May.",
        "She asked for a new vote, a step the council should have taken in May.",
    ],
)
def test_what_is_said_to_be_so_is_an_assertion(text: str) -> None:
    assert asserts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Did the ferry leave before noon?",
        "“Did the ferry leave before noon?”",
        "“Did the ferry leave before noon?” the judge wanted to know.",
        "(And was the captain ever on the bridge?)",
    ],
)
def test_a_question_asserts_nothing(text: str) -> None:
    assert not asserts(text)


@pytest.mark.parametrize(
    "text",
    [
        "If the dam breaks, the lower valley is lost.",
        "“Unless it rains soon, the crop is lost.”",
        "Were the dam to break, the valley would flood.",
        "Whether the crew knew of it is unclear.",
        "Suppose the captain was asleep at the wheel.",
        "The plant would have closed without the loan.",
        "Had he stayed on, something would have gone wrong in the town.",
        "Had the vote passed, a change in the law would have followed within weeks.",
        "With more money, a measure like that could have passed the house.",
        "The crew couldn’t have seen the light from there.",
        "He spoke as if the strike were over.",
        "Who knew of it is open, but the crew could have seen the light.",
        "The man who lost the vote would have won the next one.",
        "What he did would have been a crime under the law.",
        "Anyone who saw the light would have called the yard.",
        "How the dam was built could have cost many lives.",
        "That is why the plant would have closed without the loan.",
        "The men (who fled) would have been hanged in the square.",
        "He asked who knew: the crew could have seen the light.",
        "Asked what if it rained, she said the dam would have burst.",
        "Please tell us what you saw on the quay.",
        "Read more about the strike at the ferry yard.",
        "Watch the moment the old chimney comes down.",
        "Let's not forget what the miners went through.",
        "Let’s not forget what the miners went through.",
        "Letters to the yard should be sent to letters@orvik.example by Friday.",
        "7.00-10.30 pm FJORD RADIO Tor Berg is live from the harbour with guests.",
        "12.00noon-1.00 FJORD RADIO Tor Berg is live from the harbour with guests.",
        "This post was last changed at 06:36 PM, when the top story was of the strike.",
    ],
)
def test_a_supposition_a_wish_or_a_command_asserts_nothing(text: str) -> None:
    assert not asserts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The site falsely claimed that the dam had burst.",
        "He wrongly said the ferry was full that day.",
        "A debunked rumour has it that the mayor fled.",
        "They spread fake stories that the mine was shut.",
        "Baseless reports said the mine was shut for good.",
    ],
)
def test_a_quoted_lie_is_not_what_the_sentence_asserts(text: str) -> None:
    assert not asserts(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Ferry sails again",
        "FERRY SAILS AGAIN AFTER THE LONG STRIKE",
        "Ferry Sails Again After Long Strike",
        "word " * (MOST_WORDS + 1),
    ],
)
def test_a_fragment_a_headline_or_a_list_asserts_nothing(text: str) -> None:
    assert not asserts(text)


# On whose word


def test_a_speaker_named_once_speaks_on() -> None:
    claims = read_assertions(document(SPOKEN))
    said = [
        (each.sentence.text.split()[0], each.speaker and " ".join(each.speaker.name.split()[-2:])) for each in claims
    ]
    assert said == [
        ("Harbour", "Ane Holm"),
        ("He", "Ane Holm"),
        ("The", None),
        ("He", "Tor Berg"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor denied that the bridge was shut, the New York Times reported.", "mayor"),
        ("The New York Times reported that the bridge was shut.", "New York Times"),
        ("The mayor said the governor had denied that the bridge was shut.", "mayor"),
        ("The bridge was shut the whole of that week.", None),
    ],
)
def test_the_word_is_that_of_the_first_who_speaks_and_not_of_the_outlet_between(text: str, speaker: str | None) -> None:
    found = claim(text).speaker
    assert (found.name.removeprefix("The ") if found else None) == speaker


def test_a_denial_is_kept_with_its_speaker() -> None:
    found = claim("The mayor denied that the bridge was shut, the New York Times reported.").speaker
    assert found is not None
    assert found.denies


# What it is about


@pytest.mark.parametrize(
    "signature",
    [
        " pic.twitter.com/Ab12Cd34Ef",
        " https://t.co/Ab12Cd34 pic.twitter.com/Ab12Cd34Ef — Ann Lee (@annlee) May 30, 2020",
        " — Port of Orvik (@orvikport) May 30, 2020 ",
        " — Ann Lee (@annlee) May 30, 2020 https://t.co/Ab12Cd34",
        " - Ann Lee (@annlee) May 30, 2020",
    ],
)
def test_how_an_embedded_post_is_signed_is_no_part_of_what_it_says(signature: str) -> None:
    said = "The Orvik bridge is closed to lorries tonight."
    text = said + signature
    found = claim(text)
    assert (found.sentence.text, found.matter.topics) == (said, claim(said).matter.topics)


@pytest.mark.parametrize(
    "text",
    [
        "The vote in Orvik was 52 - 48 in favour of the bridge - by Ann Lee (@annlee)",
        "Police in Orvik held two men - among them the mayor (@mayor)",
    ],
)
def test_what_stands_behind_a_dash_is_no_signature_by_that(text: str) -> None:
    assert claim(text).sentence.text == text


@pytest.mark.parametrize(
    "text",
    [
        "ANE HOLM, HARBOUR MASTER: It is getting worse in Orvik.",
        "ANE HOLM (ON PHONE): It is getting worse in Orvik.",
        "Presenters/Tor Berg and Ane Holm, Producer/Ole Lie for Fjord Radio it is getting worse in Orvik.",
    ],
)
def test_who_speaks_in_a_transcript_and_who_made_a_programme_is_no_matter_to_share(text: str) -> None:
    found = claim(text)
    assert found.sentence.text == text[text.lower().index("it is") :]
    assert not {"holm", "master", "radio"} & {word for name in found.matter.names for word in name.lower().split()}
    assert found.matter.topics == claim("It is getting worse in Orvik.").matter.topics


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Producer/Tor Berg Continuing the new evenings, Ane Holm plays old songs.", "Continuing the new evenings"),
        ("Producer/Tor Berg for the World Service British troops left Basra on Monday.", "British troops left Basra"),
        ("Editor/publisher Ane Holm was arrested in Orvik on Monday.", "Editor/publisher Ane Holm was"),
        ("Writer/Director Ane Holm was arrested in Orvik on Monday.", "Writer/Director Ane Holm was"),
    ],
)
def test_a_credit_takes_nothing_of_the_sentence_after_it(text: str, said: str) -> None:
    found = claim(text).sentence
    assert found.text.startswith(said)
    assert (found.whole or found).text == text


def test_what_someone_wishes_is_a_claim_where_it_is_told_who() -> None:
    (spoken,) = read_assertions(document("“We want the bridge open by noon,” said minister Tor Berg."))
    assert spoken.speaker is not None
    assert read_assertions(document("We want the bridge open by noon today.")) == []
    assert read_assertions(document("And I'd love to see the bridge open.")) == []


def test_what_someone_says_of_himself_is_a_claim_where_it_is_told_who() -> None:
    (spoken,) = read_assertions(document("“I was on the bridge at noon,” said minister Tor Berg."))
    assert spoken.speaker is not None
    assert read_assertions(document("And I’m Tor Berg on the bridge in Orvik.")) == []
    assert read_assertions(document("My house by the bridge was not searched.")) == []
    for text in (
        "In my time the bridge was never closed.",
        "I-95 was closed at noon near the bridge.",
        "My Lai was burnt.",
    ):
        assert len(read_assertions(document(text))) == ("burnt" not in text)


def test_an_assertion_holds_the_names_places_and_words_of_its_sentence() -> None:
    found = claim("Minister Berg opened the new bridges in Norway.")
    assert found.kind is Kind.CLAIM
    assert (found.figure, found.time) == (None, None)
    assert "norway" in found.matter.places
    assert any("berg" in name for name in found.matter.names)
    assert {"bridg", "open"} <= found.matter.topics == found.matter.clause
    assert found.said == found.sentence.text


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_in_order_and_at_its_place(text: str) -> None:
    held = document(text)
    claims = read_assertions(held)
    starts = [each.sentence.start for each in claims]
    assert starts == sorted(set(starts))
    for each in claims:
        assert held.text[each.sentence.start : each.sentence.end] == each.sentence.text
    alone = [found for sentence in read_sentences(held) if (found := read_assertion(sentence)) is not None]
    assert [each.key for each in alone] == [each.key for each in claims]


@pytest.mark.parametrize(
    "text",
    [
        "a " * 60 + "?" + "”" * 30_000 + "x",
        "“" * 30_000 + "if we left now it rained",
        "a would" + " " * 30_000 + "b c d e f",
        "he falsely" + "\t" * 30_000 + "b c d e f",
        "a b c d " + "?" * 30_000 + "x",
        "share" + " " * 30_000 + "prices fell at noon today",
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    asserts(text)
    assert time.perf_counter() - started < 0.5
