"""The sample corpus: what is planted in it stands in it, and the scorer tells a good scan from a bad one."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from contradict.documents import read_collection
from contradict.sentences import read_sentences
from contradict.types import Collection, Document, Relation

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SEEDS = ROOT / ".." / "shared" / "data" / "seeds"
NUMBER = re.compile(
    r"\d|\b(?:nobody|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|half)\b", re.IGNORECASE
)


def load_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_corpus", ROOT / "eval" / "score_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_corpus"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


scorer = load_scorer()
EXPECTED: list[dict[str, Any]] = scorer.read_records(scorer.EXPECTED)
SIDES = [pytest.param(row, row[side], id=f"{row['id']}-{side}") for row in EXPECTED for side in ("a", "b")]


@pytest.fixture(scope="module")
def collection() -> Collection:
    return read_collection([str(CORPUS)])


@pytest.fixture(scope="module")
def documents(collection: Collection) -> dict[str, Document]:
    """By what the expected rows call them: the id of a record, the name of a file that is one article."""
    return {
        name: document
        for document in collection.documents
        for name in (document.id, Path(re.sub(r":\d+$", "", document.path)).name)
    }


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


# The corpus


def test_the_corpus_holds_three_stories_in_five_formats(collection: Collection) -> None:
    articles = len(collection.documents) + len(collection.copies) + len(collection.not_compared)
    endings = {path.suffix for path in CORPUS.iterdir() if path.suffix != ""}

    assert articles >= 22
    assert {".txt", ".md", ".html", ".jsonl", ".csv", ".gz"} == endings
    assert {path.name.split("-")[0] for path in CORPUS.iterdir()} == {
        "README", "combatientes", "fighters", "fire", "spill",
    }  # fmt: skip


def test_every_article_that_is_compared_has_a_date_and_an_outlet(collection: Collection) -> None:
    assert [document.path for document in collection.documents if document.date is None or not document.source] == []


def test_articles_have_the_length_of_news(collection: Collection) -> None:
    lengths = {
        document.id: len(" ".join(sentence.text for sentence in read_sentences(document)).split())
        for document in collection.documents
    }

    assert {name: length for name, length in lengths.items() if not 120 <= length <= 350} == {}


def test_the_picture_and_the_spanish_article_are_reported(collection: Collection) -> None:
    skipped = {Path(item.path).name: item.reason for item in collection.skipped}
    not_compared = {Path(item.path).name: item.reason for item in collection.not_compared}

    assert "spill-notice-scan.txt" in skipped
    assert "Spanish" in not_compared["combatientes-extranjeros.txt"]


def test_the_agency_copy_differs_in_one_figure_alone(documents: dict[str, Document]) -> None:
    copy = documents["wirepress-20230711"].text
    original = documents["fighters-tally.md"].text

    assert "4,485" in copy
    for paragraph in copy.replace("4,485", "4,845").split("\n\n"):
        assert paragraph in original


def test_the_syndicated_article_is_the_same_under_another_outlet(
    collection: Collection, documents: dict[str, Document]
) -> None:
    original, again = documents.get("fire-toll-wednesday.html"), documents.get("eastbank-20221019")
    if original is None or again is None:  # read once, and linked to whichever was read first
        read = original or again
        assert read is not None
        assert {copy.source for copy in collection.copies if copy.document == read.id} | {read.source} == {
            "Civic Record", "Eastbank Observer",
        }  # fmt: skip
        return

    assert again.source != original.source
    for paragraph in again.text.split("\n\n"):
        assert paragraph in original.text


def test_the_readme_names_every_file_and_every_record(documents: dict[str, Document]) -> None:
    words = set((CORPUS / "README").read_text(encoding="utf-8").split())

    assert {path.name for path in CORPUS.iterdir()} - {"README"} <= words
    assert {name for name in documents if "://" not in name and not name.endswith(":1")} <= words


def test_no_wording_of_the_shared_articles_is_in_the_corpus(collection: Collection) -> None:
    if not SEEDS.exists():
        pytest.skip(f"{SEEDS} is missing")
    runs = {run for path in SEEDS.glob("*.txt") for run in word_runs(path.read_text(encoding="utf-8"))}

    shared = {
        f"{document.id}: {run}"
        for document in collection.documents
        for sentence in read_sentences(document)  # the furniture of pages is the same everywhere
        for run in word_runs(sentence.text) & runs
    }

    assert shared == set()


def word_runs(text: str, length: int = 7) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}


# What is planted in it


def test_there_is_enough_to_find_and_enough_to_leave() -> None:
    counts = Counter(row["must"] for row in EXPECTED)

    assert counts["find"] >= 14
    assert counts["never"] >= 18
    assert set(counts) == {"find", "never", "may"}


def test_each_kind_of_conflict_is_planted() -> None:
    found = Counter(
        (row.get("kind", "figure"), relation)
        for row in EXPECTED
        if row["must"] == "find"
        for relation in row["relation"]
    )

    assert found["figure", "contradiction"] >= 5
    assert found["figure", "update"] >= 5
    assert found["date", "contradiction"] >= 2
    assert found["claim", "contradiction"] >= 1


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: str(row["id"]))
def test_a_row_is_well_formed(row: dict[str, Any]) -> None:
    assert set(row) - {"kind"} == {"id", "must", "relation", "a", "b", "note"}
    assert row.get("kind", "date") in ("date", "claim")
    assert row["relation"]
    assert set(row["relation"]) <= {relation.value for relation in Relation}
    assert set(as_list(row["a"]["file"])) != set(as_list(row["b"]["file"]))
    assert row["note"]


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(row["id"] for row in EXPECTED).items() if count > 1] == []


def test_no_row_asks_for_what_another_forbids() -> None:
    places = Counter[tuple[str, ...]]()
    for row in EXPECTED:
        sides = sorted(json.dumps(row[side], sort_keys=True) for side in ("a", "b"))
        places[(*sides, row.get("kind", "figure"))] += 1

    assert [place for place, count in places.items() if count > 1] == []


@pytest.mark.parametrize(("row", "side"), SIDES)
def test_a_quoted_passage_stands_in_a_sentence_of_its_article(
    row: dict[str, Any], side: dict[str, Any], collection: Collection, documents: dict[str, Document]
) -> None:
    if side["file"] == "combatientes-extranjeros.txt":  # not compared, so it is not among the documents
        assert side["quote"] in (CORPUS / side["file"]).read_text(encoding="utf-8")
        return
    for name in as_list(side["file"]):
        if name not in documents:
            assert any(Path(copy.path).name.startswith("fire-") for copy in collection.copies), f"{name} is not read"
            continue
        sentences = [sentence.text.casefold() for sentence in read_sentences(documents[name])]
        assert any(quote.casefold() in text for quote in as_list(side["quote"]) for text in sentences), name
    assert row.get("kind") == "claim" or all(NUMBER.search(quote) for quote in as_list(side["quote"]))


# The scorer


def pair_for(row: dict[str, Any], *, relation: str | None = None, swap: bool = False) -> dict[str, Any]:
    """A pair as a scan would list it for a row."""
    sides = []
    for side in (row["a"], row["b"]):
        quote = as_list(side["quote"])[0]
        figure = None if row.get("kind") else {"surface": quote, "value": None}
        sides.append(
            {"document": as_list(side["file"])[0], "path": "", "text": f"It is\n{quote} so.", "figure": figure}
        )
    first, second = reversed(sides) if swap else sides
    return {
        "relation": relation or row["relation"][0], "kind": row.get("kind", "figure"), "score": 0.9, "reason": "",
        "a": first, "b": second,
    }  # fmt: skip


FIND = [row for row in EXPECTED if row["must"] == "find"]


def test_a_scan_that_finds_everything_and_nothing_else_passes() -> None:
    result = scorer.score([pair_for(row, swap=index % 2 == 0) for index, row in enumerate(FIND)], EXPECTED)

    assert [outcome.row["id"] for outcome in result.outcomes if not outcome.ok] == []
    assert result.failed == 0
    assert result.others == ()
    assert result.listed == len(FIND)


def test_a_scan_that_finds_nothing_fails_every_row_to_find() -> None:
    assert scorer.score([], EXPECTED).failed == len(FIND)


@pytest.mark.parametrize("row", FIND, ids=lambda row: str(row["id"]))
def test_the_wrong_relation_is_no_find(row: dict[str, Any]) -> None:
    other = next(relation for relation in ("agreement", "unrelated") if relation not in row["relation"])

    assert not scorer.score([pair_for(row, relation=other)], [row]).outcomes[0].ok


def test_a_pair_that_must_never_be_listed_fails_its_row_and_counts_as_another() -> None:
    row = next(row for row in EXPECTED if row["must"] == "never")
    result = scorer.score([pair_for(row)], [row])

    assert not result.outcomes[0].ok
    assert len(result.others) == 1


def test_the_compared_figures_must_be_those_of_the_passages() -> None:
    row = next(row for row in FIND if not row.get("kind"))
    pair = pair_for(row)
    pair["a"]["figure"] = {"surface": "987", "value": "987"}

    assert not scorer.matches(pair, row)
    pair["a"]["figure"] = None
    assert not scorer.matches(pair, row)


def test_a_figure_in_words_matches_its_passage() -> None:
    row = next(row for row in FIND if row["id"] == "missing-falls")
    pair = pair_for(row)
    pair["a"]["figure"], pair["b"]["figure"] = {"surface": "Twelve", "value": "12"}, {"surface": "five", "value": "5"}

    assert scorer.matches(pair, row)


def test_an_article_may_be_named_by_its_record_or_by_its_file() -> None:
    row = next(row for row in FIND if row["id"] == "from-poland")
    pair = pair_for(row)
    pair["a"] |= {"document": "https://outlet.example/1", "path": "/tmp/corpus/fighters-arrivals.txt"}  # noqa: S108

    assert scorer.matches(pair, row)
    pair["a"]["path"] = "/tmp/corpus/another.txt"  # noqa: S108
    assert not scorer.matches(pair, row)


def test_too_many_other_pairs_fail() -> None:
    side = {"document": "x", "path": "x.txt", "text": "5 of them", "figure": {"surface": "5"}}
    pair = {"relation": "update", "kind": "figure", "score": 0.5, "reason": "", "a": side, "b": side}

    assert scorer.score([pair] * scorer.OTHERS_ALLOWED, []).failed == 0
    assert scorer.score([pair] * (scorer.OTHERS_ALLOWED + 1), []).failed == 1


def test_the_exit_status_says_whether_anything_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text("".join(json.dumps(pair_for(row)) + "\n" for row in FIND), encoding="utf-8")
    bad.write_text("", encoding="utf-8")

    assert scorer.main([str(good)]) == 0
    assert scorer.main([str(bad)]) == 1
    assert scorer.main([]) == 2
    assert f"{len(FIND)} of the expectations failed; 0 pairs listed" in capsys.readouterr().out
