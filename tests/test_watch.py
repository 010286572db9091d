"""`contradict watch`: what comes into a folder is read when it has come to rest, and told once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archive_cases import Letters, dated, storm
from conftest import ROOT, RunCommand

from contradict.archive import Archive
from contradict.cli.archived import Asked
from contradict.cli.watch import Watcher
from contradict.parallel import Workers
from contradict.progress import Silent
from contradict.settings import Settings


class Told:
    """A watcher of the folder `feeds`, and what it has printed since it was last asked."""

    def __init__(self, archive: Archive, capfd: pytest.CaptureFixture[str]) -> None:
        asked = Asked(Settings(jobs=1), frozenset())
        self._watcher = Watcher(Path("feeds"), archive, asked, Workers(1), Silent(), quiet=False)
        self._capfd = capfd

    def look(self, times: int = 1) -> tuple[str, str]:
        for _ in range(times):
            self._watcher.look()
        printed = self._capfd.readouterr()
        return printed.out, printed.err


@pytest.fixture
def told(working_folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setattr("contradict.encoders.load_encoder", lambda _name, *, threads: Letters())
    (working_folder / "feeds").mkdir()
    return Told(Archive(working_folder / "archive", writable=True), capfd)


def put(name: str, dead: int, *, day: int = 2) -> Path:
    path = Path("feeds") / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dated(day, storm(dead)))
    return path


def test_a_file_is_read_when_it_stayed_the_same_from_one_look_to_the_next(told: Told) -> None:
    path = put("one.txt", 43)
    assert told.look() == ("", "")
    path.write_text(path.read_text() + "\nMore came while nobody looked.\n")
    assert told.look() == ("", "")
    assert told.look() == ("", "contradict: 1 new or changed, 0 new findings\n")
    assert told.look(3) == ("", "")


def test_a_finding_is_printed_once_when_its_second_side_comes(told: Told) -> None:
    put("one.txt", 43)
    told.look(2)
    put("two.txt", 90)
    out, err = told.look(2)
    assert err == "contradict: 1 new or changed, 1 new finding\n"
    assert out.startswith(" 1. ")
    assert "CONTRADICTION" in out
    assert "43" in out
    assert "90" in out
    os.utime("feeds/two.txt")  # touched, and not changed
    assert told.look(2) == ("", "")
    put("three.txt", 120)
    out, err = told.look(2)
    assert err == "contradict: 1 new or changed, 1 new finding\n"
    assert out.startswith(" 2. ")


def test_an_article_that_is_changed_is_a_finding(told: Told) -> None:
    put("one.txt", 43)
    told.look(2)
    put("one.txt", 61)
    out, _ = told.look(2)
    assert "the article itself was changed, from 43 to 61; it does not say so." in out


def test_a_file_that_cannot_be_read_is_named_and_ends_nothing(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    put("bad.txt", 43).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    put("one.txt", 43)
    out, err = told.look(2)
    assert (
        err
        == "contradict: feeds/bad.txt: not read: binary: a PNG image\ncontradict: 1 new or changed, 0 new findings\n"
    )
    usual = Archive.add

    def failing(archive: Archive, paths: list[str], **options: object) -> object:
        if "fault" in paths[0]:
            raise RuntimeError("a reader went wrong")
        return usual(archive, paths, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "add", failing)
    put("fault.txt", 71)
    put("two.txt", 90)
    out, err = told.look(2)
    assert "contradict: feeds/fault.txt: not read: a reader went wrong\n" in err
    assert "CONTRADICTION" in out
    assert told.look(2) == ("", "")


def test_files_of_inner_folders_have_the_names_that_a_scan_of_the_folder_gives_them(told: Told) -> None:
    put("wire/one.txt", 43)
    told.look(2)
    with Archive(Path("archive")) as reader:
        assert [document.id for document in reader.collection().documents] == ["wire/one.txt"]


def test_what_was_put_down_before_a_crash_is_reported_after_it(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    put("one.txt", 43)
    put("two.txt", 90)

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "settle", cut_off)
        with pytest.raises(KeyboardInterrupt):
            told.look(2)
    out, err = told.look()
    assert err == "contradict: 2 new or changed, 1 new finding\n"
    assert "CONTRADICTION" in out
    assert told.look(2) == ("", "")


def test_two_looks_and_an_end(contradict_command: RunCommand, working_folder: Path) -> None:
    (working_folder / "feeds").mkdir()
    put("one.txt", 43)
    put("two.txt", 90)
    arguments = ("watch", "feeds", "--archive", "archive", "--interval", "0.01", "--once", "-j", "1")
    first = contradict_command(*arguments)
    assert (first.status, first.stderr) == (0, "contradict: 2 new or changed, 1 new finding\n")
    assert "CONTRADICTION" in first.stdout
    again = contradict_command(*arguments)
    assert (again.status, again.stdout, again.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "--archive", "archive"], "contradict: nowhere: no such folder"),
        (["feeds"], "contradict: Missing option '--archive'"),
        (["feeds", "--archive", "feeds"], "contradict: feeds: neither empty nor an archive"),
        (["feeds", "--archive", "archive", "--interval", "-1"], "contradict: Invalid value for '--interval'"),
    ],
)
def test_wrong_use_is_one_line(
    arguments: list[str], message: str, contradict_command: RunCommand, working_folder: Path
) -> None:
    (working_folder / "feeds").mkdir()
    put("one.txt", 43)
    told = contradict_command("watch", *arguments)
    assert told.status == 2
    assert told.stderr.startswith(message)
    assert told.stderr.count("\n") == 1


def test_ctrl_c_ends_it_cleanly(working_folder: Path) -> None:
    (working_folder / "feeds").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "contradict", "watch", "feeds", "--archive", "archive", "--interval", "0.05", "-j", "1"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith("contradict: watching feeds")
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
