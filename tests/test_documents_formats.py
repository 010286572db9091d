"""Every format yields the same article; fields are found by their usual names or by those that the user gives."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from contradict.documents import Fields, read_collection
from contradict.types import Collection, Document

TEXT = (
    "The dam on the Alder holds forty million cubic metres of water.\n\nThe warden said so in a letter to the council."
)
RECORD = {"id": "dam-1", "title": "Dam is full", "date": "2021-03-04", "source": "Alder Post", "text": TEXT}


def only(collection: Collection) -> Document:
    assert collection.skipped == ()
    assert len(collection.documents) == 1
    return collection.documents[0]


def write_jsonl(path: Path) -> None:
    path.write_text(json.dumps(RECORD) + "\n")


def write_json(path: Path) -> None:
    path.write_text(json.dumps(RECORD))


def write_json_list(path: Path) -> None:
    path.write_text(json.dumps({"status": "ok", "articles": [RECORD]}, indent=1))


def write_csv(path: Path) -> None:
    path.write_text(";".join(RECORD) + "\n" + ";".join(f'"{value}"' for value in RECORD.values()) + "\n")


def write_tsv(path: Path) -> None:
    path.write_text("\t".join(RECORD) + "\n" + "\t".join(f'"{value}"' for value in RECORD.values()) + "\n")


def write_parquet(path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([RECORD]), str(path))


def write_markdown(path: Path) -> None:
    path.write_text("---\nid: dam-1\ntitle: Dam is full\ndate: 2021-03-04\nsource: Alder Post\n---\n" + TEXT)


WRITERS: dict[str, Callable[[Path], None]] = {
    "a.jsonl": write_jsonl,
    "a.ndjson": write_jsonl,
    "a.json": write_json,
    "b.json": write_json_list,
    "c.json": write_jsonl,
    "a.csv": write_csv,
    "a.tsv": write_tsv,
    "a.parquet": write_parquet,
    "a.md": write_markdown,
}


def compress_zstd(data: bytes) -> bytes:
    import pyarrow

    return pyarrow.compress(data, codec="zstd", asbytes=True)  # type: ignore[no-any-return]


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": compress_zstd,
}


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("name", WRITERS)
def test_a_record_is_the_same_in_every_format_and_packing(name: str, packing: str, tmp_path: Path) -> None:
    WRITERS[name](tmp_path / name)
    packed = PACKERS[packing]((tmp_path / name).read_bytes())
    (tmp_path / name).unlink()
    (tmp_path / (name + packing)).write_bytes(packed)

    document = only(read_collection([str(tmp_path)]))

    assert document.text.endswith(TEXT)
    assert (document.id, document.title, document.source, str(document.date)) == (
        "dam-1", "Dam is full", "Alder Post", "2021-03-04",
    )  # fmt: skip


def test_several_packed_streams_in_one_file_are_one_text(tmp_path: Path) -> None:
    for ending, pack in PACKERS.items():
        (tmp_path / f"a.txt{ending}").write_bytes(pack(f"In {ending} ".encode()) + pack(TEXT.encode()))

    collection = read_collection([str(tmp_path)])

    assert collection.skipped == ()
    assert {document.text for document in collection.documents} == {f"In {ending} {TEXT}" for ending in PACKERS}


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({"Body": TEXT}, "text", TEXT),
        ({"CONTENT": TEXT, "snippet": "x"}, "text", TEXT),
        ({"article": TEXT, "headline": "Dam"}, "title", "Dam"),
        ({"text": ["Dam holds.", "The warden said."]}, "text", "Dam holds.\n\nThe warden said."),
        ({"text": TEXT, "publishedAt": "2021-03-04T00:00:00Z"}, "date", "2021-03-04"),
        ({"text": TEXT, "publish_date": 1614816000}, "date", "2021-03-04"),
        ({"text": TEXT, "source": {"id": None, "name": "Alder Post"}}, "source", "Alder Post"),
        ({"text": TEXT, "publisher": "Alder Post"}, "source", "Alder Post"),
        ({"text": TEXT, "url": "https://www.alder.example/x"}, "source", "alder.example"),
        ({"text": TEXT, "url": "https://www.alder.example/2021/03/04/x"}, "date", "2021-03-04"),
        ({"text": TEXT, "id": 12}, "id", "12"),
        ({"text": TEXT, "url": "https://alder.example/x"}, "id", "https://alder.example/x"),
        (
            {"text": "A lone \ud800 half of a pair in a text of this length."},
            "text",
            "A lone � half of a pair in a text of this length.",
        ),
    ],
)
def test_fields_are_found_by_their_usual_names(
    record: dict[str, object], field: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record))

    assert str(getattr(only(read_collection([str(tmp_path)])), field)) == expected


def test_a_field_that_the_user_names_goes_before_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "x", "story": TEXT, "seen": "2021-03-04", "date": "2001"}))

    document = only(read_collection([str(tmp_path)], fields=Fields(text="story", date="seen")))

    assert (document.text, str(document.date)) == (TEXT, "2021-03-04")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"story": TEXT}, "no text field; the fields are: story; name the one that holds the text with --text-field"),
        ({}, "no text field; the fields are: none; name the one that holds the text with --text-field"),
        ({"text": ""}, "empty"),
        ({"text": None}, "the field 'text' holds nothing, not text"),
        ({"text": 5}, "the field 'text' holds a number, not text"),
        ({"text": {"a": 1}}, "the field 'text' holds an object, not text"),
    ],
)
def test_a_record_without_text_says_what_it_has(record: dict[str, object], reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record))

    assert [skipped.reason for skipped in read_collection([str(tmp_path)]).skipped] == [reason]


def test_a_wrong_field_name_is_answered_with_the_names_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"id,text\n1,{TEXT.split()[0]}\n")

    (skipped,) = read_collection([str(tmp_path)], fields=Fields(text="story")).skipped

    assert skipped.reason == "no field 'story' (--text-field); the fields are: id, text"


@pytest.mark.parametrize("value", ["5", '"x"', "[1, 2]", "[]", "null"])
def test_json_without_records_is_skipped(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(value)

    collection = read_collection([str(tmp_path)])

    assert collection.documents == ()
    assert all("hold" in skipped.reason for skipped in collection.skipped)
    assert collection.skipped


def test_rows_of_a_table_are_named_by_the_line_on_which_they_begin(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\n"The first, in\ntwo lines, is long enough."\n\n"The second is one line."\n')

    paths = [document.path for document in read_collection([str(tmp_path)]).documents]

    assert paths == [f"{tmp_path}/a.csv:2", f"{tmp_path}/a.csv:5"]


def test_dates_in_numbers_wait_for_a_row_that_shows_their_order(tmp_path: Path) -> None:
    rows = [("04/03/2021", "The dam is full."), ("23/03/2021", "The dam is dry."), ("05/03/2021", "The dam is gone.")]
    (tmp_path / "a.csv").write_text("date,text\n" + "".join(f"{date},{text}\n" for date, text in rows))
    (tmp_path / "b.csv").write_text("date,text\n04/03/2021,The weir is full.\n")

    collection = read_collection([str(tmp_path)])

    assert [str(document.date) for document in collection.documents] == [
        "2021-03-04",
        "2021-03-23",
        "2021-03-05",
        "None",
    ]
    assert [note.reason for note in collection.notes] == ["no date: it may be day first or month first: 04/03/2021"]


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Dam is full | Alder Post</title>
<meta property="og:title" content="Dam is full"><meta property="og:site_name" content="Alder Post">
{date}<link rel="canonical" href="https://www.alder.example/dam"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Dam is full</h1>
<p>The dam on the Alder holds forty million cubic metres of water, the warden said in a letter to the council.</p>
<p>Farmers below it had asked for the sluices to be opened, but the council wants to wait for the spring.</p>
<p>Last year the water ran out in August and two villages were supplied by lorry for a month and a half.</p></article>
<footer>Copyright 2019 Alder Post. Page built 2024-01-01.</footer></body></html>"""


def test_a_page_gives_its_main_text_and_what_it_states_about_itself(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        PAGE.format(date='<meta property="article:published_time" content="2021-03-04T08:00:00Z">')
    )

    document = only(read_collection([str(tmp_path)]))

    assert "forty million" in document.text
    assert "Sport" not in document.text
    assert (document.title, document.source, str(document.date), document.url) == (
        "Dam is full", "Alder Post", "2021-03-04", "https://www.alder.example/dam",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<script type="application/ld+json">{"datePublished": "2021-03-04T08:00:00"}</script>', "2021-03-04"),
        ('<meta name="DC.date.issued" content="4 March 2021">', "2021-03-04"),
        ('<meta property="article:modified_time" content="2022-01-01">', "None"),
        ("", "None"),
    ],
)
def test_a_page_is_dated_by_its_own_statement_and_never_by_a_guess(stated: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(PAGE.format(date=stated))

    assert str(only(read_collection([str(tmp_path)])).date) == expected


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE.format(date=""))

    document = only(read_collection([str(tmp_path)]))

    assert document.title == "Dam is full"
    assert "<p>" not in document.text


@pytest.mark.parametrize("page", ["<html></html>", "<div>" * 20_000, "<", "&#x110000;", "<?xml version='1.0'?><a/>"])
def test_a_page_without_an_article_is_skipped(page: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page)

    collection = read_collection([str(tmp_path)])

    assert collection.documents == ()
    assert len(collection.skipped) == 1


@pytest.mark.parametrize(
    ("text", "title", "source", "url"),
    [
        (f"Dam is full to the brim\n\n{TEXT}", "Dam is full to the brim", "", ""),
        (TEXT, "", "", ""),
        (f"Read more\n\n{TEXT}", "", "", ""),
        (
            f"Dam is full to the brim\nhttps://www.alder.example/dam\n{TEXT}",
            "Dam is full to the brim", "alder.example", "https://www.alder.example/dam",
        ),
        (f"{TEXT}\n\nSource link : https://m.alder.example/dam", "", "alder.example", "https://m.alder.example/dam"),
        (f"{TEXT}\n\nSource: Alder Post", "", "Alder Post", ""),
        (f"{TEXT}\n\nSource: the warden and his men", "", "", ""),
        (f"OSLO (Reuters) - {TEXT}", "", "Reuters", ""),
    ],
)  # fmt: skip
def test_title_outlet_and_address_are_found_in_a_plain_text(
    text: str, title: str, source: str, url: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(text)

    document = only(read_collection([str(tmp_path)]))

    assert document.text == text
    assert (document.title, document.source, document.url) == (title, source, url)


def test_a_markdown_heading_is_the_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"![dam](dam.png)\n\n# Dam is full\n\n{TEXT}")

    assert only(read_collection([str(tmp_path)])).title == "Dam is full"
