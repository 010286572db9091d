"""The same article is read once; a version that changes a figure, a date or a "not" is kept and linked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.documents import read_collection
from contradict.documents.copies import CopyFinder, facts_of, identity_of, likeness_of, sketch_of, tokens_of
from contradict.types import Collection

STORY = (
    "Twelve people died when the bridge over the Alder fell on Tuesday, the fire service said. Rescue teams with "
    "dogs searched the banks for four more who had been seen on it. The mayor, Ada Finch, said that the bridge "
    "had been inspected on 3 May and that no fault had been found. Engineers had warned that the piers could not "
    "carry lorries of more than 40 tonnes, and a sign said so. A driver who had stopped short of the gap told "
    "reporters that the road had moved under him like a boat. The ministry will hear 40 witnesses and report "
    "within a year. Until then traffic goes by way of Lower Hill, which adds 25 kilometres to the road. Shops in "
    "the town have lost half of their trade, the chamber of commerce said, and two have closed. A ferry is to run"
    " from June."
)


def collect(tmp_path: Path, records: Sequence[dict[str, str]]) -> Collection:
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    return read_collection([str(tmp_path / "a.jsonl")])


def records(*texts: str) -> list[dict[str, str]]:
    return [{"id": str(n), "source": f"Outlet {n}", "date": f"2021-03-0{n}", "text": t} for n, t in enumerate(texts, 1)]


def read_twice(tmp_path: Path, other: str) -> str:
    """How the second of two articles is taken: as a copy, a version, or an article of its own."""
    collection = collect(tmp_path, records(STORY, other))
    if collection.copies:
        assert [copy.document for copy in collection.copies] == ["1"]
        return "copy"
    first, second = collection.documents
    assert first.version_of is None
    return "version" if second.version_of == "1" else "own"


@pytest.mark.parametrize(
    "other",
    [
        STORY,
        STORY.upper(),
        STORY.replace(". ", ".\n\n").replace("'", "’"),
        "Read more\n\n" + STORY + "\n\nCopyright © 2021 Alder Post. All rights reserved.",
        "ALDER (Reuters) - " + STORY,
        STORY.replace("Rescue teams", "Teams").replace("told reporters", "said"),
        STORY.replace("A ferry is to run", "A small ferry is to run"),
        STORY.replace("40 tonnes", "40  tonnes"),
    ],
)
def test_the_same_article_is_read_once(other: str, tmp_path: Path) -> None:
    assert read_twice(tmp_path, other) == "copy"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Twelve people", "Thirteen people"),
        ("40 tonnes", "45 tonnes"),
        ("25 kilometres", "2.5 kilometres"),
        ("Tuesday", "Monday"),
        ("3 May", "3 June"),
        ("no fault had been found", "a fault had been found"),
        ("could not carry", "could carry"),
        ("two have closed", "two have opened"),
        ("half of their trade", "a third of their trade"),
        ("40 witnesses", "40 witnesses and 3 experts"),
    ],
)
def test_a_version_that_changes_a_fact_is_kept_and_linked(old: str, new: str, tmp_path: Path) -> None:
    assert old in STORY
    assert read_twice(tmp_path, STORY.replace(old, new, 1)) == "version"


def test_figures_that_change_places_make_a_version(tmp_path: Path) -> None:
    swapped = STORY.replace("Twelve", "X").replace("for four more", "for twelve more").replace("X", "Four")

    assert read_twice(tmp_path, swapped) == "version"


@pytest.mark.parametrize(
    "added",
    [
        "Divers found a thirteenth body.",
        "Late in the night the search was called off, and the dogs were taken home by their masters, all wet.",
    ],
)
def test_a_longer_version_is_kept(added: str, tmp_path: Path) -> None:
    assert read_twice(tmp_path, f"{STORY} {added}") == "version"


def test_another_article_on_the_same_matter_is_its_own(tmp_path: Path) -> None:
    other = (
        "The fire service put the dead at twelve after the Alder bridge fell on Tuesday. Four who had been on it "
        "are missing. Ada Finch, the mayor, spoke of an inspection in May that had turned up nothing, while engineers "
        "recalled their warning about lorries above 40 tonnes. An inquiry with 40 witnesses has a year to report."
    )

    assert read_twice(tmp_path, other) == "own"


def test_two_short_reports_that_are_alike_are_two_reports(tmp_path: Path) -> None:
    short = "At least 50 people died in the flood, the mayor said."
    collection = collect(tmp_path, records(short, short.replace("50", "70"), short.upper()))

    assert [document.version_of for document in collection.documents] == [None, None]
    assert [copy.path for copy in collection.copies] == [f"{tmp_path}/a.jsonl:3"]


def test_a_copy_keeps_its_outlet_and_its_date(tmp_path: Path) -> None:
    (copy,) = collect(tmp_path, records(STORY, STORY)).copies

    assert (copy.source, str(copy.date), copy.document) == ("Outlet 2", "2021-03-02", "1")


def test_a_headline_above_the_text_is_no_difference(tmp_path: Path) -> None:
    title = "Bridge collapse kills 12"
    above = {"title": title, "text": f"{title}\n\n{STORY}"}
    beside = {"title": title, "text": STORY}
    none = {"text": STORY}

    assert len(collect(tmp_path, [above, beside, none]).copies) == 2
    assert len(collect(tmp_path, [beside, above, none]).copies) == 2


def test_a_headline_with_another_figure_makes_a_version(tmp_path: Path) -> None:
    first = {"id": "a", "title": "Bridge collapse kills 12", "text": STORY}
    second = {"id": "b", "title": "Bridge collapse kills 13", "text": STORY}

    collection = collect(tmp_path, [first, second])

    assert [document.version_of for document in collection.documents] == [None, "a"]


def test_versions_go_back_to_the_earliest_dated_one_and_copies_to_their_own_version(tmp_path: Path) -> None:
    rows = records(*(STORY.replace("Twelve", word) for word in ("Nine", "Ten", "Eleven")))
    rows[0]["date"], rows[2]["date"] = "2021-03-09", "2021-03-01"
    rows.append({"id": "4", "text": rows[1]["text"].replace("Rescue teams", "Teams")})

    collection = collect(tmp_path, rows)

    assert [(document.id, document.version_of) for document in collection.documents] == [
        ("1", "3"), ("2", "3"), ("3", None),
    ]  # fmt: skip
    assert [copy.document for copy in collection.copies] == ["2"]


def test_a_phrase_of_hundreds_of_articles_links_none_of_them(tmp_path: Path) -> None:
    shared = STORY[:300]
    digits = str.maketrans("0123456789", "abcdefghij")
    texts = [f"{shared} " + " ".join(str(n * 80 + m).translate(digits) for m in range(80)) for n in range(300)]

    collection = collect(tmp_path, [{"text": text} for text in texts])

    assert len(collection.documents) == 300
    assert not any(document.version_of for document in collection.documents)


def test_what_an_outlet_prints_under_every_article_is_read_once(tmp_path: Path) -> None:
    sidebar = "Seven ships now wait outside the harbour for a pilot to take them in."
    rows = [
        {"id": str(n), "source": "Alder Post", "text": f"Item {n} of the council was put off.\n{sidebar}"}
        for n in range(8)
    ]
    rows += [{"id": "x", "source": "Harbour News", "text": f"A pilot spoke of his day.\n{sidebar}"}]

    documents = collect(tmp_path, rows).documents

    out = {
        d.id: [d.text[span.start : span.end] for span in d.left_out if span.reason == "recurring"] for d in documents
    }
    assert out == {"0": [], "x": [], **{str(n): [sidebar] for n in range(1, 8)}}


@given(st.lists(st.sampled_from(["A lorry fell.", "Two died.", "It was not so.", STORY]), min_size=1, max_size=6))
def test_equal_articles_are_told_at_once(parts: list[str]) -> None:
    finder = CopyFinder()
    tokens = tokens_of(" ".join(parts))
    signature = identity_of(tokens), (), sketch_of(tokens)

    assert finder.add(*signature) is None
    assert finder.add(*signature) == 0
    assert finder.near(lambda _, __: likeness_of(tokens, tokens)) == {}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("1,250 people", ["1250"]),
        ("a figure of -3.5%", ["-", "3.5", "%"]),
        ("a range of 3-5", ["3", "5"]),
        ("$5 or £5", ["$", "5", "£", "5"]),
        ("It isn’t so", ["isn't"]),
        ("nobody came on Friday", ["nobody", "friday"]),
        ("a quiet day", []),
    ],
)
def test_facts_are_figures_dates_negations_and_directions(text: str, facts: list[str]) -> None:
    assert facts_of(tokens_of(text)) == facts
