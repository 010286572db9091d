"""The log of decisions: nothing acknowledged is lost, nothing is recorded twice, nothing is changed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT

from contradict.errors import InputError, SettingError
from contradict.review.records import Choice, Decision
from contradict.review.store import Store, View

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def decision(id: str, **fields: object) -> Decision:
    values: dict[str, object] = {"at": "2024-03-05T12:00:00.000000Z", "reviewer": "Kari", "finding": "f1"}
    return Decision(id=id, **{**values, **fields})  # type: ignore[arg-type]


def append(store: Store, **fields: object) -> Decision:
    return store.append(lambda _, name, at: decision(name, at=at, **fields))


def test_the_log_holds_what_was_appended_in_its_order(tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as store:
        made = [append(store, decision=choice, note="an “odd” note; '); DROP TABLE decisions; --") for choice in Choice]
    with Store(tmp_path / "d.sqlite") as again:
        assert list(again.log()) == made
        assert again.count() == len(made)


def test_another_process_sees_what_was_appended_since_it_last_looked(tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as one, Store(tmp_path / "d.sqlite") as other:
        append(one)
        assert len(other.log()) == 1
        append(other)
        append(one)
        assert [each.id for each in one.log()] == [each.id for each in other.log()]
        assert len(one.log()) == 3


def test_imported_records_are_added_once_by_their_id(tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as store:
        assert store.add([decision("one"), decision("two"), decision("one")]) == 2
        assert store.add([decision("two"), decision("three")]) == 1
        assert [each.id for each in store.log()] == ["one", "two", "three"]


def test_an_import_that_fails_in_the_middle_adds_nothing(tmp_path: Path) -> None:
    def records() -> object:
        yield decision("one")
        raise InputError("no more")

    with Store(tmp_path / "d.sqlite") as store:
        with pytest.raises(InputError):
            store.add(records())  # type: ignore[arg-type]
        assert store.log() == ()
        append(store)  # and the file is free again


def test_time_goes_on_for_a_reviewer_though_the_clock_is_put_back(tmp_path: Path) -> None:
    moments = iter([NOON, NOON - timedelta(days=2), NOON - timedelta(days=1)])
    with Store(tmp_path / "d.sqlite", clock=lambda: next(moments)) as store:
        first, second = append(store), append(store)
        other = append(store, reviewer="Ola")
    assert first.at < second.at
    assert other.at < first.at


@pytest.mark.parametrize("statement", ["UPDATE decisions SET record = '{}'", "DELETE FROM decisions"])
def test_a_record_can_be_neither_changed_nor_deleted(statement: str, tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as store:
        append(store)
    with sqlite3.connect(tmp_path / "d.sqlite") as connection, pytest.raises(sqlite3.IntegrityError, match="only ever"):
        connection.execute(statement)
    connection.close()


def test_a_file_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    Store(tmp_path / "d.sqlite").close()
    with sqlite3.connect(tmp_path / "d.sqlite") as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(SettingError, match=r"d.sqlite: written by a newer contradict \(format 2, this one knows 1\)"):
        Store(tmp_path / "d.sqlite")


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read as one" * 40, b"x"])
def test_a_file_that_is_no_log_is_refused_and_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    path.write_bytes(content)
    with pytest.raises(SettingError, match="d.sqlite: cannot be used as a log of decisions"):
        Store(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "d.sqlite") as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    connection.close()
    with pytest.raises(SettingError, match="of another program"):
        Store(tmp_path / "d.sqlite")


def test_views_are_kept_replaced_and_removed(tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as store:
        store.save_view(View("Tolls", "kind=figure"))
        store.save_view(View("Dates", "kind=date"))
        store.save_view(View("Tolls", "kind=figure&score=0.8"))
        assert store.views() == (View("Dates", "kind=date"), View("Tolls", "kind=figure&score=0.8"))
        store.remove_view("Dates")
        assert [view.name for view in store.views()] == ["Tolls"]


def test_the_run_before_is_the_one_before_however_often_this_one_is_looked_at(tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as store:
        assert store.previous_run("one", "findings of one") is None
        assert store.previous_run("one", "findings of one") is None
        assert store.previous_run("two", "findings of two") == "findings of one"
        assert store.previous_run("two", "findings of two") == "findings of one"
        assert store.previous_run("three", "findings of three") == "findings of two"


def test_many_threads_and_two_stores_lose_and_double_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "d.sqlite") as one, Store(tmp_path / "d.sqlite") as other:
        threads = [
            threading.Thread(target=lambda store=store: [append(store) for _ in range(10)])
            for store in (one, other, one, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        log = one.log()
    assert len({each.id for each in log}) == len(log) == 40
    assert len({each.at for each in log}) == 40


WRITER = """
import sys
from pathlib import Path
from contradict.review.records import Choice, Decision
from contradict.review.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    made = store.append(lambda log, id, at: Decision(id=id, at=at, reviewer="Kari", finding="f1", note="n" * 500))
    print(made.id, flush=True)
"""


def test_no_acknowledged_decision_is_lost_when_the_writer_is_killed_at_any_moment(tmp_path: Path) -> None:
    """A slice of eval/bench_review.py, which does it a thousand times."""
    chance = random.Random(20)  # noqa: S311 (moments of killing)
    path = tmp_path / "d.sqlite"
    acknowledged: list[str] = []
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        threading.Timer(chance.uniform(0, 0.15), os.kill, [writer.pid, signal.SIGKILL]).start()
        lines = writer.stdout.read().splitlines(keepends=True)
        writer.stdout.close()
        writer.wait()
        acknowledged += [line.strip() for line in lines if line.endswith("\n")]
    with Store(path) as store:
        held = [each.id for each in store.log()]
    assert acknowledged
    assert set(acknowledged) <= set(held)
    assert len(set(held)) == len(held)
    assert len(held) <= len(acknowledged) + 6  # one a kill may be written and not told
