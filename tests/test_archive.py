"""Archives: whatever came when, and whatever crashed in between, the result is that of one scan over all."""

from __future__ import annotations

import itertools
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from archive_cases import FOUNDED, Letters, added, at_once, dated, found, storm, write_articles
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contradict.archive import Archive, Rules
from contradict.archive.schema import FILE, VERSION
from contradict.archive.store import Store
from contradict.arithmetic import Arithmetic, check_arithmetic
from contradict.claims import read_document
from contradict.errors import ArchiveError, ArchiveHeld, ContradictError
from contradict.parallel import Workers
from contradict.pipeline import scan_archive
from contradict.settings import Settings

CORPUS = ROOT / "corpus"
COMMAND = [sys.executable, "-m", "contradict"]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_articles(tmp_path_factory.mktemp("articles") / "articles")


@pytest.fixture(scope="module")
def whole(articles: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return at_once(tmp_path_factory.mktemp("whole"), articles)


def cut(paths: Sequence[Path], at: Sequence[int]) -> list[Sequence[Path]]:
    edges = [0, *sorted(set(at)), len(paths)]
    return [paths[start:end] for start, end in itertools.pairwise(edges) if start < end]


# The same as at once


def test_the_made_up_articles_have_what_the_tests_are_about(articles: list[Path], tmp_path: Path) -> None:
    with added(tmp_path / "archive", [articles]) as archive:
        collection = archive.collection()
        assert [copy.path for copy in collection.copies] == [str(articles[2])]
        assert [d.id for d in collection.documents if d.version_of] == ["long-version.txt"]
        names = [document.id for document in collection.documents]
        assert sum(name.startswith("toll.txt") for name in names) == 2
        assert sum(name.startswith("echo-4") for name in names) == 2
        assert len(set(names)) == len(names)
        assert {str(d.date) for d in collection.documents if d.source == "Herald"} == {
            "2023-06-05", "2023-06-25", "2023-06-07",
        }  # fmt: skip
        stated = [claim for claims in archive.stated(collection.documents) for claim in claims]
        founded = {claim.document.id for claim in stated if claim.sentence.text in FOUNDED}
        assert founded == {"echo-0"}  # the outlet prints it under every article
    pairs = found_lines(at_once(tmp_path, articles)["pairs.jsonl"])
    assert len(pairs) > 20


def found_lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().splitlines()]


@pytest.mark.parametrize("at", [[1], [3], [8], [9], [2, 4, 6, 8], list(range(1, 10))], ids=str)
def test_articles_added_in_parts_come_to_what_they_come_to_at_once(
    at: list[int], articles: list[Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    with added(tmp_path / "parts", cut(articles, at)) as archive:
        assert found(archive, tmp_path / "report") == whole


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_cut_anywhere_comes_to_what_it_comes_to_at_once(data: st.DataObject, articles: list[Path]) -> None:
    order = data.draw(st.permutations(articles))
    at = data.draw(st.lists(st.integers(1, len(order) - 1), max_size=4))
    within = data.draw(st.booleans())
    with tempfile.TemporaryDirectory() as place:
        with added(Path(place) / "parts", cut(order, at), within=within) as archive:
            parts = found(archive, Path(place) / "report", within=within)
        assert parts == at_once(Path(place), order, within=within)


@pytest.mark.parametrize("within", [False, True])
def test_the_sample_articles_come_to_the_same_in_parts(within: bool, tmp_path: Path) -> None:
    paths = sorted(path for path in CORPUS.iterdir() if path.name != "README")
    with added(tmp_path / "parts", cut(paths, [2, 7, 12]), within=within) as archive:
        assert found(archive, tmp_path / "report", within=within) == at_once(tmp_path, paths, within=within)


def test_articles_added_again_are_not_read_again(articles: list[Path], tmp_path: Path, whole: dict[str, bytes]) -> None:
    with added(tmp_path / "archive", [articles]) as archive:
        again = archive.add([str(path) for path in reversed(articles)])
        assert (again.new, again.changed, again.unchanged) == (0, 0, again.articles)
        counts = archive.settle(Letters())
        assert (counts["pairs read"], counts["claims"] > 0) == (0, True)
        assert found(archive, tmp_path / "report") == whole


@pytest.mark.parametrize("gone", [[0], [3], [8], [9], [1, 4, 6], [0, 2, 7, 8]], ids=str)
def test_articles_removed_are_as_if_they_had_never_been_added(
    gone: list[int], articles: list[Path], tmp_path: Path
) -> None:
    with added(tmp_path / "archive", [articles[:5], articles[5:]]) as archive:
        assert archive.remove([str(articles[number]) for number in gone])
        left = [path for number, path in enumerate(articles) if number not in gone]
        assert found(archive, tmp_path / "report") == at_once(tmp_path, left)


def test_an_article_keeps_the_name_that_it_got_since_another_had_its_own(articles: list[Path], tmp_path: Path) -> None:
    with added(tmp_path / "archive", [articles]) as archive:
        named = {document.path: document.id for document in archive.collection().documents}
        archive.remove([str(articles[5])])
        left = {document.path: document.id for document in archive.collection().documents}
        assert left[str(articles[6])] == named[str(articles[6])] != "toll.txt"


def test_a_folder_is_removed_with_all_in_it_and_an_article_by_its_id(articles: list[Path], tmp_path: Path) -> None:
    with added(tmp_path / "archive", [articles]) as archive:
        assert archive.remove([os.path.relpath(articles[0].parent / "wire")]) == ["toll.txt"]
        assert archive.remove(["echo-0", "nobody"]) == ["echo-0"]
        assert archive.remove([f"{articles[8]}:2"]) == ["echo-1"]
        archive.remove([str(articles[0].parent)])
        assert archive.documents == 0


def test_a_changed_article_is_read_anew_in_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    paths = write_articles(folder)
    texts = [path.read_text() for path in (paths[1], paths[7])]
    paths[1].write_text("A choir sang for 300 guests in Hasle; tickets were sold out within an hour.\n")
    paths[7].write_text(dated(9, "The mill at Hasle burnt down, and the owner put the loss at 12 million kroner."))
    with added(tmp_path / "archive", [paths[:4], paths[4:]]) as archive:
        for path, text in zip((paths[1], paths[7]), texts, strict=True):
            path.write_text(text)
        again = archive.add([str(folder)])
        assert (again.new, again.changed) == (0, 2)
        assert found(archive, tmp_path / "report") == at_once(tmp_path, paths)


def test_an_earlier_date_found_later_moves_what_stands_for_a_repeated_sentence(tmp_path: Path) -> None:
    texts = {"late.txt": dated(9, storm(43)), "other.txt": dated(9, storm(90)), "early.txt": dated(1, storm(43))}
    paths = [tmp_path / name for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text)
    with added(tmp_path / "archive", [[path] for path in paths]) as archive:
        assert found(archive, tmp_path / "report") == at_once(tmp_path, paths)


def test_what_came_through_a_pipe_is_never_replaced_by_what_comes_next(tmp_path: Path) -> None:
    import io

    def piped(dead: int) -> io.BytesIO:
        return io.BytesIO(json.dumps({"text": storm(dead), "date": "2023-05-02"}).encode())

    with Archive(tmp_path / "archive", writable=True) as archive:
        told = [archive.add(["-"], stdin=piped(dead)) for dead in (43, 90, 43)]
        assert [(each.new, each.changed, each.unchanged) for each in told] == [(1, 0, 0), (1, 0, 0), (0, 0, 1)]


def test_files_of_one_name_in_two_folders_are_two_articles_whenever_they_come(tmp_path: Path) -> None:
    for folder, dead in (("wire", 43), ("desk", 90)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(dated(2, storm(dead)))
    with Archive(tmp_path / "archive", writable=True) as archive:
        for folder in ("wire", "desk"):
            assert archive.add([str(tmp_path / folder)]).new == 1
        collection = archive.collection()
        assert len(collection.documents) == 2
        assert [note.reason for note in collection.notes] == [
            f"its id is also that of {tmp_path / 'wire' / 'index.txt'}: called {collection.documents[1].id}"
        ]


def test_every_loss_of_a_folder_is_kept_and_taken_back_when_it_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a.exe", "b.xyz", "empty.txt"):
        (folder / name).touch()
    with Archive(tmp_path / "archive", writable=True) as archive:
        for _ in range(2):
            archive.add([str(folder)])
            assert len(archive.skipped()) == 3
        (folder / "empty.txt").write_text(storm(43))
        (folder / "a.exe").unlink()
        archive.add([str(folder)])
        assert [loss.reason.partition(":")[0] for loss in archive.skipped()] == ["files ending in .xyz"]
        archive.remove([str(folder)])
        assert archive.skipped() == []


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_jobs_does_not_change_a_byte(
    jobs: int, articles: list[Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    with Workers(jobs) as workers, Archive(tmp_path / "archive", writable=True, rules=Rules(neighbours=6)) as archive:
        for part in (articles[:8], articles[8:]):
            archive.add([str(path) for path in part], workers=workers)
            archive.settle(Letters(), workers=workers)
        assert found(archive, tmp_path / "report") == whole


def test_only_what_touches_some_articles_is_what_a_whole_scan_has_of_them(articles: list[Path], tmp_path: Path) -> None:
    with added(tmp_path / "archive", [articles]) as archive:
        given = Settings(neighbours=6)
        every = scan_archive(archive, settings=given, encoder=Letters())
        some = frozenset({"two.txt", "echo-1"})
        part = scan_archive(archive, settings=given, encoder=Letters(), touching=some)
    of_some = [v for v in every.verdicts if some & {v.pair.a.document.id, v.pair.b.document.id}]
    assert 0 < len(of_some) < len(every.verdicts)
    assert [(v.id, v.score, v.reason) for v in part.verdicts] == [(v.id, v.score, v.reason) for v in of_some]
    assert len(part.collection.documents) == len(every.collection.documents)


# Readers and writers


def test_a_second_writer_is_told_who_writes_and_a_reader_goes_on(articles: list[Path], tmp_path: Path) -> None:
    with added(tmp_path / "archive", [articles[:3]]) as archive:
        with pytest.raises(ArchiveHeld, match=rf"process {os.getpid()} on .*, since 20.*; wait until it has ended"):
            Archive(tmp_path / "archive", writable=True)
        with Archive(tmp_path / "archive") as reader:
            before = found(reader, tmp_path / "report")
            archive.add([str(path) for path in articles[3:]])
            assert found(reader, tmp_path / "report") == before  # as it was when it was opened
            archive.settle(Letters())
            assert found(reader, tmp_path / "report") == before
        with Archive(tmp_path / "archive") as reader:
            assert found(reader, tmp_path / "report") == found(archive, tmp_path / "report")


def test_what_is_read_halfway_through_an_addition_holds_together(
    articles: list[Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    with added(tmp_path / "archive", [articles[:4]]) as archive:
        archive.add([str(path) for path in articles[4:]])  # put down, and neither read nor compared
        with Archive(tmp_path / "archive") as reader:
            assert reader.status().to_read > 0
            found(reader, tmp_path / "report")
        archive.read()  # read, and not compared
        with Archive(tmp_path / "archive") as reader:
            assert reader.status().to_read == 0
            found(reader, tmp_path / "report")
        assert found(archive, tmp_path / "report") == whole


def test_the_rules_of_an_archive_are_fixed_when_it_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    Archive(folder, writable=True, rules=Rules(within=True, encoder="other")).close()
    with Archive(folder, writable=True) as archive:
        assert archive.rules == Rules(within=True, encoder="other")
    with pytest.raises(ArchiveError, match="was made with --within, --encoder other; ask for the same"):
        Archive(folder, writable=True, rules=Rules())
    Archive(folder, rules=Rules(within=True), fixed=("within",)).close()


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    Archive(tmp_path, writable=True).close()
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    for writable in (False, True):
        with pytest.raises(ArchiveError, match=f"newer contradict .format {VERSION + 1}, this one knows {VERSION}."):
            Archive(tmp_path, writable=writable)


def test_an_archive_of_the_first_format_goes_on_where_it_was(
    articles: list[Path], tmp_path: Path, whole: dict[str, bytes]
) -> None:
    added(tmp_path / "archive", [articles[:-3]]).close()
    connection = sqlite3.connect(tmp_path / "archive" / FILE)
    for statement in (
        "DROP TABLE neighbours",
        "DROP TABLE compared",
        "CREATE TABLE neighbours (document INTEGER PRIMARY KEY, lists BLOB NOT NULL)",
        "INSERT INTO neighbours VALUES (1, x'00')",
        "PRAGMA user_version = 1",
    ):
        connection.execute(statement)
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveError, match="of an older format .1.; run 'contradict archive add' on it once"):
        Archive(tmp_path / "archive")
    with added(tmp_path / "archive", [articles[-3:]]) as archive:
        assert found(archive, tmp_path / "report") == whole


def aside(number: int) -> str:
    """Some sentences with hardly a word of those of another number."""
    letters = random.Random(number)  # noqa: S311
    words = ["".join(letters.choices("abdegiklmnoprstu", k=6)) for _ in range(60)]
    return " ".join(f"The {' '.join(words[at : at + 6])}." for at in range(0, 60, 6))


def test_what_repeats_by_now_is_left_out_and_no_claim_beside_it_is_compared_again(tmp_path: Path) -> None:
    often = "Readers may write to the desk of the Orvik Echo at any hour of the day."
    paths = []
    for number in range(7):
        record = {
            "source": "Orvik Echo",
            "date": f"2023-05-{number + 1:02}",
            "text": f"{aside(number)}\n\n{often}\n\n{storm(40 + number)}",
        }
        paths.append(tmp_path / f"{number}.jsonl")
        paths[-1].write_text(json.dumps(record), encoding="utf-8")
    with added(tmp_path / "archive", [paths[:5]]) as archive:
        with Store(tmp_path / "archive") as store:
            rows, marks = {number: store.columns()[1][number] for number in range(5)}, store.marks()
        archive.add([str(path) for path in paths[5:]])
        counts = archive.settle(Letters())
        with Store(tmp_path / "archive") as store:
            changed = [number for number, mark in marks.items() if store.marks()[number] != mark]
            assert len(changed) == 4, "of the five, all but the first leave the sentence out now"
            assert {number: store.columns()[1][number] for number in range(5)} == rows
        assert 0 < counts["pairs read"] <= 5 * 2 + 1
        parts = found(archive, tmp_path / "report")
    assert parts == at_once(tmp_path, paths)


@pytest.mark.parametrize("what", ["missing", "text", "another", "full folder", "file"])
def test_what_is_no_archive_is_named_and_left_as_it_is(what: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    if what != "file":
        folder.mkdir()
    match what:
        case "text":
            (folder / FILE).write_text("no database\n" * 200)
        case "another":
            connection = sqlite3.connect(folder / FILE)
            connection.execute("CREATE TABLE shopping (item)")
            connection.close()
        case "full folder":
            (folder / "holiday.jpg").touch()
        case "file":
            folder.touch()
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    for writable in (False, True) if what != "missing" else (False,):
        with pytest.raises(ArchiveError, match=str(folder)):
            Archive(folder, writable=writable)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.name != "lock"} == before


def test_a_report_may_lie_in_an_archive_before_it_is_made_and_after(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    for _ in range(2):
        Archive(tmp_path, writable=True).close()


def test_compacting_gives_space_back_and_changes_nothing(articles: list[Path], tmp_path: Path) -> None:
    with added(tmp_path / "archive", [articles]) as archive:
        archive.remove([str(articles[8])])
        before = found(archive, tmp_path / "report")
        larger, smaller = archive.compact()
        assert smaller < larger
        assert found(archive, tmp_path / "report") == before
        archive.add([str(articles[8])])
        again = found(archive, tmp_path / "report")
    assert again["pairs.jsonl"] != before["pairs.jsonl"]


def test_an_archive_made_by_another_model_is_compared_anew(
    articles: list[Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    class Other(Letters):
        sha256 = "1" * 64

    with Archive(tmp_path / "archive", writable=True, rules=Rules(neighbours=6)) as archive:
        archive.add([str(path) for path in articles])
        archive.settle(Other())
        assert archive.settle(Other())["pairs read"] == 0
        assert archive.settle(Letters())["pairs read"] > 0
        assert found(archive, tmp_path / "report") == whole


def test_an_archive_judged_by_other_rules_is_judged_anew(
    articles: list[Path], whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive(tmp_path / "archive", writable=True, rules=Rules(neighbours=6)) as archive:
        archive.add([str(path) for path in articles])
        monkeypatch.setattr("contradict.archive.archive.VERDICT_RULES", 0)
        archive.settle(Letters())
        monkeypatch.undo()
        assert archive.settle(Letters())["pairs read"] > 0
        assert archive.settle(Letters())["pairs read"] == 0
        assert found(archive, tmp_path / "report") == whole


# Crashes


class Crash(Exception):
    """Stands for a power cut."""


@contextmanager
def crashing(monkeypatch: pytest.MonkeyPatch, commits: int) -> Iterator[None]:
    """The store breaks off at its transaction number `commits`, counted from 0, when all in it is written."""
    left = itertools.count()
    usual = Store.transaction

    @contextmanager
    def transaction(store: Store) -> Iterator[None]:
        with usual(store):
            yield
            if next(left) == commits:
                raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(Store, "transaction", transaction)
        yield


@pytest.mark.parametrize("commits", range(0, 24, 2))
def test_an_addition_that_breaks_off_anywhere_goes_on_to_the_same_end(
    commits: int, articles: list[Path], whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Crash), crashing(monkeypatch, commits):  # noqa: SIM117
        with added(tmp_path / "archive", [articles[:6], articles[6:]]):
            raise Crash  # there were fewer
    with added(tmp_path / "archive", [articles]) as archive:
        assert found(archive, tmp_path / "report") == whole


def command(*arguments: str | Path, cwd: Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # the options of one call
        [*COMMAND, *map(str, arguments)], cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
    )  # fmt: skip


def finished(*arguments: str | Path, cwd: Path, **options: object) -> tuple[int, str, str]:
    process = command(*arguments, cwd=cwd, **options)
    out, err = process.communicate(timeout=300)
    return process.returncode, out.decode(), err.decode()


def test_kills_at_random_moments_end_with_the_same_findings(articles: list[Path], tmp_path: Path) -> None:
    add: list[str | Path] = ["archive", "add", "archive", *articles, "-q", "-j", "2"]
    began = time.monotonic()
    status, out, err = finished("archive", "add", "undisturbed", *add[3:], cwd=tmp_path)
    usual = time.monotonic() - began
    assert status == 0, out + err
    moments = random.Random(7)  # noqa: S311  # no secret
    for _ in range(5):
        process = command(*add, cwd=tmp_path)
        time.sleep(moments.uniform(0.3, 1.0) * usual)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert finished(*add, cwd=tmp_path)[0] == 0
    for name in ("archive", "undisturbed"):
        status, out, err = finished("archive", "scan", name, "--top", "0", cwd=tmp_path)
        assert status == 0, out + err
    for name in ("findings.jsonl", "pairs.jsonl"):
        one, other = ((tmp_path / each / "report" / name).read_bytes() for each in ("archive", "undisturbed"))
        assert one == other
        assert one


def test_a_full_disk_is_one_line_and_the_archive_goes_on_when_there_is_room(
    articles: list[Path], tmp_path: Path
) -> None:
    add: list[str | Path] = ["archive", "add", "archive", *articles, "-q", "-j", "1"]
    limit = 90_000  # bytes of a file, less than the database comes to

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    status, out, err = finished(*add, cwd=tmp_path, preexec_fn=full)
    assert (status, out, err.count("\n")) == (2, "", 1), err
    assert err.startswith("contradict: archive")
    assert finished(*add, cwd=tmp_path)[0] == 0
    assert finished("archive", "add", "undisturbed", *add[3:], cwd=tmp_path)[0] == 0
    for name in ("archive", "undisturbed"):
        assert finished("archive", "scan", name, "--top", "0", cwd=tmp_path)[0] == 0
    one, other = ((tmp_path / each / "report" / "pairs.jsonl").read_bytes() for each in ("archive", "undisturbed"))
    assert one == other
    assert one


# Arithmetic


def sums(arithmetic: Arithmetic) -> tuple[list[tuple[str, bool]], int, int]:
    return [(check.id, check.holds) for check in arithmetic.checks], arithmetic.undecided, len(arithmetic.skipped)


def test_arithmetic_is_that_of_the_documents_wherever_it_is_done(tmp_path: Path) -> None:
    texts = {
        "sum.txt": dated(2, "Twenty people were hurt in Lima: 8 in the port and 15 in the stadium."),
        "plain.txt": dated(3, storm(61)),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with added(tmp_path / "archive", [[tmp_path / name for name in texts]]) as archive, Workers(2) as workers:
        documents = archive.collection().documents
        here = archive.calculations(documents, workers)()
        assert not workers.running
        list(workers.map(abs, [-1, -2]))
        beside = archive.calculations(documents, workers)()
        left_out = archive.calculations([d for d in documents if d.id != "sum.txt"], workers)()
        with Archive(tmp_path / "archive") as reader:
            (tmp_path / "more.txt").write_text(dated(4, texts["sum.txt"].replace("15", "16")), encoding="utf-8")
            archive.add([str(tmp_path / "more.txt")])
            archive.read()
            read = reader.calculations(documents, workers)()
    wanted = sums(check_arithmetic(map(read_document, documents)))
    assert wanted[0] != []
    assert wanted == sums(here) == sums(beside) == sums(read)
    assert all(claim.document in documents for check in beside.checks for claim in check.claims)
    assert left_out.checks == ()


# Workers


def slow(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def end(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_done_beside_is_done_by_another_process() -> None:
    with Workers(2) as workers:
        result = workers.beside(slow, 0.0)
        assert result() != os.getpid()


def test_workers_end_for_a_rest_and_start_anew() -> None:
    with Workers(2) as workers:
        before = workers.beside(slow, 0.0)()
        workers.rest()
        assert not workers.running
        assert workers.beside(slow, 0.0)() not in (before, os.getpid())


def test_nobody_waits_for_what_is_done_beside_when_all_else_has_failed() -> None:
    def interrupted() -> None:
        with Workers(2) as workers:
            workers.beside(slow, 60.0)
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - started < 30


def test_a_worker_that_was_killed_is_told_of_in_a_line() -> None:
    with Workers(2) as workers:
        result = workers.beside(end, 0)
        with pytest.raises(ContradictError, match="a worker process was killed, perhaps for want of memory"):
            result()
        with pytest.raises(ContradictError, match="a worker process was killed"):
            workers.beside(slow, 0.0)
