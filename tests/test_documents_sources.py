"""A folder may hold anything: all that can be read is read, all else is named with its reason, and nothing crashes."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.documents import formats, read_collection, records, streams, tables
from contradict.errors import InputError
from contradict.types import Collection

NEWS = "The dam on the Alder holds {} cubic metres of water, the warden said in a letter to the council."


def story(number: int) -> str:
    return NEWS.format(number)


def reasons(collection: Collection) -> dict[str, str]:
    return {Path(skipped.path).name: skipped.reason for skipped in collection.skipped}


def ids(collection: Collection) -> list[str]:
    return [document.id for document in collection.documents]


def test_a_folder_is_read_in_order_with_paths_as_given_and_ids_within_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for place in ("z.txt", "a.txt", "b/c.txt"):
        (tmp_path / place).write_text(story(len(place) * 100 + ord(place[0])))

    collection = read_collection([str(tmp_path)])

    assert ids(collection) == ["a.txt", "z.txt", "b/c.txt"]
    assert [document.path for document in collection.documents] == [str(tmp_path / place) for place in ids(collection)]


def test_a_glob_names_its_files_from_its_fixed_part(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(story(1))
    (tmp_path / "in" / "deep" / "b.txt").write_text(story(2))
    (tmp_path / "in" / "c.md").write_text(story(3))

    assert ids(read_collection([f"{tmp_path}/in/**/*.txt"])) == ["a.txt", "deep/b.txt"]


@pytest.mark.parametrize(("path", "message"), [("gone.txt", "no such file"), ("*.gone", "nothing matches")])
def test_a_path_that_is_not_there_is_the_callers_mistake(tmp_path: Path, path: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_collection([str(tmp_path / path)])


def test_the_same_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(story(1))
    os.symlink(tmp_path / "a.txt", tmp_path / "b.txt")

    collection = read_collection([str(tmp_path), str(tmp_path / "a.txt")])

    assert ids(collection) == ["a.txt"]
    assert reasons(collection) == {"b.txt": f"the same file as {tmp_path / 'a.txt'}"}
    assert collection.copies == ()


def test_the_scans_own_results_are_never_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(story(1))
    for folder in ("now", "before"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "findings.jsonl").write_text(json.dumps({"text": story(2)}))
        (tmp_path / folder / "pairs.csv").write_text(f"text\n{story(3)}\n")
    (tmp_path / "before" / "run.json").write_text("{}")

    collection = read_collection([str(tmp_path)], exclude=[tmp_path / "now"])

    assert ids(collection) == ["a.txt"]
    assert reasons(collection) == {
        "now": "the folder of this scan's results",
        "before": "the results of an earlier scan",
    }


def test_results_in_the_scanned_folder_itself_do_not_hide_its_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(story(1))
    (tmp_path / "findings.jsonl").write_text(json.dumps({"text": story(2)}))

    collection = read_collection([str(tmp_path)], exclude=[tmp_path])

    assert ids(collection) == ["a.txt"]
    assert reasons(collection) == {"findings.jsonl": "written by an earlier scan"}


def test_a_hostile_folder_is_read_and_every_loss_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(story(1))
    (tmp_path / "wide.txt").write_bytes(story(2).encode("utf-16"))
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n ")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "buttons.txt").write_text("Read more\nShare this\nAdvertisement\n")
    (tmp_path / "broken.jsonl").write_text(json.dumps({"text": story(3)}) + '\n{"text": \n[1]\n{"lead": "x"}\n\n')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "not.txt.gz").write_text("not packed")
    (tmp_path / "cut.txt.xz").write_bytes(lzma.compress(story(4).encode())[:-9])
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / ".hidden.txt").write_text(story(5))
    (tmp_path / "inner").mkdir()
    os.symlink("..", tmp_path / "inner" / "loop")
    os.symlink("self.txt", tmp_path / "self.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    collection = read_collection([str(tmp_path)])

    why = reasons(collection)
    assert ids(collection) == ["broken.jsonl:1", "good.txt", "wide.txt"]
    assert why.pop("not.txt.gz").startswith("damaged or cut short: not whole gzip data")
    assert why == {
        "picture.txt": "binary: a PNG image",
        "empty.txt": "empty",
        "blank.txt": "empty",
        "noise.txt": "binary: not text",
        "buttons.txt": "nothing but page furniture",
        "broken.jsonl:2": "broken JSON: Expecting value at column 11",
        "broken.jsonl:3": "the line holds no record (a JSON object)",
        "broken.jsonl:4": "no text field; the fields are: lead; name the one that holds the text with --text-field",
        "deep.json": "broken JSON: nested too deeply",
        "cut.txt.xz": "damaged or cut short: not whole xz data (it ends early)",
        ".hidden.txt": "hidden",
        "loop": "a link to the folder ..: not followed; name that folder to read it",
        "self.txt": "cannot be opened: Too many levels of symbolic links",
        "pipe.txt": "not a regular file; pipe JSON lines in with -",
        tmp_path.name: "files ending in .pdf: not a format that is read (2 files, the first: a.pdf)",
    }
    assert next(skipped.count for skipped in collection.skipped if skipped.path == str(tmp_path)) == 2


def test_records_before_the_damage_are_kept(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": story(n)}) + "\n" for n in range(8_000))
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-4_000])

    collection = read_collection([str(tmp_path)])

    assert len(collection.documents) > 1_000
    assert "damaged or cut short" in collection.skipped[-1].reason


@pytest.mark.parametrize("name", ["long.txt", "long.md", "long.jsonl", "long.json", "long.csv"])
def test_a_long_article_is_cut_and_the_cut_is_reported(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_TEXT", 5_000)
    text = " ".join(story(n) for n in range(1_000))
    content = {
        ".jsonl": json.dumps({"text": text}),
        ".json": json.dumps([{"text": text}]),
        ".csv": f'text\n"{text}"\n',
    }.get(Path(name).suffix, text)
    (tmp_path / name).write_text(content)

    collection = read_collection([str(tmp_path)])

    assert 4_000 <= len(collection.documents[0].text) <= 5_000
    assert len(collection.not_compared) == 1
    assert "at most 5,000 an article" in collection.not_compared[0].reason


def test_a_text_of_fifty_megabytes_on_one_line_is_read_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(story(1).encode() + b" It rose again." * 3_400_000)

    collection = read_collection([str(tmp_path)])

    assert 990_000 <= len(collection.documents[0].text) <= records.MAX_TEXT
    assert "of more than 4,00" in collection.not_compared[0].reason


def test_a_line_a_cell_and_a_page_beyond_their_limits_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_LINE", 1_000)
    monkeypatch.setattr(formats, "MAX_PAGE_BYTES", 1_000)
    monkeypatch.setattr(tables, "MAX_CELL", 1_000)
    long = "word " * 1_000
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": long}) + "\n" + json.dumps({"text": story(1)}) + "\n")
    (tmp_path / "b.csv").write_text(f'text\n"{long}"\n"{story(2)}"\n')
    (tmp_path / "c.html").write_text(f"<p>{long}")

    collection = read_collection([str(tmp_path)])

    assert [document.text for document in collection.documents] == [story(1), story(2)]
    assert reasons(collection) == {
        "a.jsonl:1": "a line of more than 1,000 characters",
        "b.csv:2": "broken table: field larger than field limit (1000)",
        "c.html": "too long: more than 1,000 bytes for a web page",
    }


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_a_bomb_is_not_unpacked_to_its_end(
    ending: str, pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 100_000)
    (tmp_path / f"bomb.jsonl{ending}").write_bytes(pack(b"\n" * 30_000_000))

    collection = read_collection([str(tmp_path)])

    assert len(collection.skipped) == 1
    assert "250 times its size" in collection.skipped[0].reason


def test_an_xz_file_cannot_ask_for_all_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_XZ_MEMORY", 1 << 20)
    (tmp_path / "a.txt.xz").write_bytes(lzma.compress(story(1).encode(), preset=9))

    assert "damaged" in reasons(read_collection([str(tmp_path)]))["a.txt.xz"]


def test_many_losses_of_one_kind_are_listed_by_example_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{broken\n" * 500 + json.dumps({"text": story(1)}))

    collection = read_collection([str(tmp_path)])

    assert len(collection.documents) == 1
    assert len(collection.skipped) == 21
    assert sum(skipped.count for skipped in collection.skipped) == 500
    assert collection.skipped[-1].reason == "480 more: broken JSON"


@given(
    st.sampled_from(sorted(formats.FORMATS)),
    st.sampled_from(["", ".gz", ".xz", ".bz2", ".zst"]),
    st.binary(max_size=200) | st.text(alphabet='{}[]":,<>/ate\n\\u0', max_size=60).map(str.encode),
    st.booleans(),
)
def test_no_file_raises_whatever_stands_in_it(ending: str, packing: str, data: bytes, packed: bool) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress}
    if packed and packing in packers:
        data = packers[packing](data)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{ending}{packing}").write_bytes(data)

        collection = read_collection([folder])

    assert collection.documents or collection.skipped or collection.not_compared


def test_standard_input_holds_json_lines() -> None:
    lines = io.BytesIO(json.dumps({"text": story(1)}).encode() + b"\n" + json.dumps({"text": story(2)}).encode())

    collection = read_collection(["-"], stdin=lines)

    assert [(document.id, document.path) for document in collection.documents] == [
        ("stdin:1", "-:1"),
        ("stdin:2", "-:2"),
    ]


def test_an_id_is_kept_where_it_is_unique_and_told_apart_where_it_is_not(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": story(1)}, {"id": "x", "text": story(2)}, {"id": 7, "text": story(3)}]
    rows += [{"url": "https://news.example/a", "text": story(4)}, {"text": story(5)}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))

    collection = read_collection([str(tmp_path)])

    first, second, *others = ids(collection)
    assert first == "x"
    assert second.startswith("x#")
    assert others == ["7", "https://news.example/a", "a.jsonl:5"]
    assert [note.path for note in collection.notes] == [f"{tmp_path}/a.jsonl:2"]
    assert ids(read_collection([str(tmp_path)])) == ids(collection)
