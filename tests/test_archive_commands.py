"""`contradict archive`, and `contradict scan` over archives, of drafts, and gone on with after it was cut off."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest
from archive_cases import Letters, dated, storm, write_articles
from conftest import RunCommand

from contradict.archive import Archive, Rules
from contradict.archive.schema import VERSION
from contradict.cli.working import WORK
from contradict.errors import ModelError
from contradict.pipeline import scan_archive
from contradict.types import Scan

REPORT = {"documents.jsonl", "findings.jsonl", "pairs.csv", "pairs.jsonl", "report.html", "run.json"}


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the encoders that were asked for; in place of each stands one that counts letters."""
    asked: list[str | None] = []

    def load(name: str | None = None, *, threads: int = 0) -> Letters:
        del threads
        asked.append(name)
        return Letters()

    monkeypatch.setattr("contradict.encoders.load_encoder", load)
    return asked


@pytest.fixture
def articles(working_folder: Path) -> Path:
    write_articles(working_folder / "articles")
    (working_folder / "contradict.toml").write_text("jobs = 1\n")
    return Path("articles")


def lines(folder: str | Path, name: str = "pairs.jsonl") -> list[dict[str, object]]:
    return [json.loads(line) for line in (Path(folder) / name).read_text(encoding="utf-8").splitlines()]


def sides(folder: str | Path) -> list[set[str]]:
    return [{pair[side]["document"] for side in "ab"} for pair in lines(folder)]  # type: ignore[index]


# contradict archive


def test_an_addition_is_told_in_one_line(contradict_command: RunCommand, articles: Path) -> None:
    told = contradict_command("archive", "add", "kept", "articles/one.txt", "articles/copy.txt", "articles/two.txt")
    assert (told.status, told.stderr) == (0, "")
    assert re.fullmatch(
        r"3 new, 0 changed, 0 unchanged, 1 copy among them, 1 pairs read, \d+\.\d seconds\n", told.stdout
    )
    Path("articles/two.txt").write_text(dated(2, storm(91)))
    told = contradict_command("archive", "add", "kept", "articles")
    assert re.match(r"16 new, 1 changed, 2 unchanged, 0 copies among them, \d+ pairs read", told.stdout)


def test_a_scan_of_an_archive_is_the_scan_of_its_articles(contradict_command: RunCommand, articles: Path) -> None:
    assert contradict_command("scan", "articles", "-o", "plain").status == 0
    assert contradict_command("archive", "add", "kept", "articles").status == 0
    told = contradict_command("archive", "scan", "kept", "--top", "1")
    assert (told.status, told.stderr) == (0, "")
    assert str(Path("kept/report/report.html")) in told.stdout
    assert {path.name for path in Path("kept/report").iterdir()} == REPORT
    assert contradict_command("scan", "--archive", "kept", "-o", "other").status == 0
    assert contradict_command("scan", "articles", "--archive", "third").status == 0
    for folder in ("kept/report", "other", "third/report"):
        for name in ("findings.jsonl", "pairs.jsonl", "documents.jsonl"):
            assert (Path(folder) / name).read_bytes() == (Path("plain") / name).read_bytes()


def test_decisions_on_the_report_of_an_archive_stay(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("scan", "articles/one.txt", "articles/two.txt", "--archive", "kept")
    decisions = Path("kept/report/decisions.sqlite")
    (record,) = [finding["id"] for finding in lines("kept/report", "findings.jsonl")]
    given = {"id": "d1", "at": "2023-05-02T10:00:00Z", "reviewer": "Kari", "finding": record, "decision": "unsure"}
    Path("given.jsonl").write_text(json.dumps(given) + "\n")
    assert contradict_command("decisions", "import", "kept/report", "given.jsonl").status == 0
    assert decisions.is_file()
    assert contradict_command("archive", "scan", "kept", "articles").status == 0
    exported = contradict_command("decisions", "export", "kept/report")
    assert [json.loads(line)["id"] for line in exported.stdout.splitlines()] == ["d1"]


def test_what_comes_out_is_filtered_and_the_archive_keeps_all(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("archive", "add", "kept", "articles")
    assert contradict_command("archive", "scan", "kept").status == 0
    every = lines("kept/report")
    assert contradict_command("archive", "scan", "kept", "--since", "2023-05-03", "--until", "2023-05-04").status == 0
    dates = {pair[side]["date"] for pair in lines("kept/report") for side in "ab"}  # type: ignore[index]
    assert dates == {"2023-05-03", "2023-05-04"}
    left_out = json.loads(Path("kept/report/run.json").read_text())["not_compared"]
    assert len({each["path"] for each in left_out}) == len(left_out) > 5
    middle = sorted(pair["score"] for pair in every)[len(every) // 2]  # type: ignore[type-var]
    assert contradict_command("archive", "scan", "kept", "--min-score", str(middle)).status == 0
    assert 0 < len(lines("kept/report")) < len(every)
    assert contradict_command("archive", "scan", "kept", "--fail-on", "contradiction").status == 1
    assert contradict_command("archive", "scan", "kept").status == 0
    assert lines("kept/report") == every


def test_all_is_refused_where_it_was_not_kept(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("archive", "add", "kept", "articles/one.txt")
    for arguments in (("archive", "scan", "kept", "--all"), ("archive", "add", "kept", "articles", "--all")):
        told = contradict_command(*arguments)
        assert (told.status, told.stdout) == (2, "")
        assert told.stderr.startswith("contradict: --all: kept keeps contradictions and updates only; ")
    Path("own.toml").write_text('relations = ["agreement"]')
    told = contradict_command("archive", "scan", "kept", "--config", "own.toml")
    assert (told.status, told.stderr[:34]) == (2, "contradict: the setting relations:")
    contradict_command("archive", "add", "whole", "articles", "--all")
    assert contradict_command("archive", "scan", "whole", "--all").status == 0
    every = lines("whole/report")
    assert contradict_command("archive", "scan", "whole").status == 0
    assert len(lines("whole/report")) < len(every)


def test_rules_are_asked_for_once_and_then_only_confirmed(
    contradict_command: RunCommand, articles: Path, letters: list[str | None]
) -> None:
    assert contradict_command("archive", "add", "kept", "articles/one.txt", "--within", "--encoder", "m").status == 0
    assert contradict_command("archive", "add", "kept", "articles/two.txt").status == 0
    assert contradict_command("scan", "--archive", "kept", "--within", "--encoder", "m").status == 0
    assert letters == ["m", "m", "m"]
    with Archive(Path("kept")) as archive:
        assert archive.rules == Rules(within=True, encoder="m")
    for option, words in (
        (["--no-within"], "--within"),
        (["--encoder", "other"], "--encoder m"),
        (["--config", "more.toml"], "neighbours = 20"),
    ):
        Path("more.toml").write_text("neighbours = 7\njobs = 1\n")
        told = contradict_command("archive", "add", "kept", "articles", *option)
        assert (told.status, told.stdout) == (2, "")
        assert told.stderr == f"contradict: kept: was made with {words}; ask for the same, or make another archive\n"


def test_the_encoder_of_an_archive_is_found_from_any_folder(
    contradict_command: RunCommand, articles: Path, letters: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("model").mkdir()
    contradict_command("archive", "add", "kept", "articles/one.txt", "--encoder", "model")
    monkeypatch.chdir("articles")
    assert contradict_command("archive", "add", "../kept", "two.txt", "--encoder", "../model").status == 0
    assert letters == [str(Path("../model").resolve())] * 2


def test_the_status_tells_people_and_programs(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("archive", "add", "kept", "articles", "--within")
    Path("articles/empty.txt").touch()
    Path("articles/two.txt").write_text(dated(2, storm(91)))
    with Archive(Path("kept"), writable=True) as archive:
        archive.add(["articles"])
        told = contradict_command("archive", "status", "kept")
        assert f"written to: by process {os.getpid()} on {socket.gethostname()}, since 20" in told.stdout
    told = contradict_command("archive", "status", "kept")
    assert (told.status, told.stderr) == (0, "")
    first, compared, waiting, size, writer, *losses = told.stdout.splitlines()
    assert first == "kept: 19 articles, 1 of them copies; 1 earlier version of those that were changed"
    assert compared == (
        "compared: within articles, too, 20 neighbours a claim, contradictions and updates, encoder bundled"
    )
    assert waiting == "waiting: 1 article to read; contradict archive scan does it"
    assert re.fullmatch(rf"size: [\d,]+ bytes, format {VERSION}", size)
    assert writer == "written to: by nobody now"
    assert losses == ["not read: articles/empty.txt: empty"]
    status = json.loads(contradict_command("archive", "status", "kept", "--json").stdout)
    assert {name: status[name] for name in ("archive", "articles", "copies", "to_read", "revisions", "writer")} == {
        "archive": "kept", "articles": 19, "copies": 1, "to_read": 1, "revisions": 1, "writer": None,
    }  # fmt: skip
    assert status["skipped"] == [{"path": "articles/empty.txt", "reason": "empty", "count": 1}]
    assert status["rules"]["within"] is True


def test_articles_are_removed_by_id_file_and_folder(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("archive", "add", "kept", "articles")
    for named, removed in (
        (["echo-0"], "1 article"),
        (["./articles/herald.jsonl"], "3 articles"),
        (["articles"], "15"),
    ):
        told = contradict_command("archive", "remove", "kept", *named)
        assert told.status == 0
        assert told.stdout.startswith(f"{removed}")
        assert told.stdout.endswith("removed\n")
    told = contradict_command("archive", "remove", "kept", "echo-0")
    assert told.status == 2
    assert told.stderr == "contradict: kept: holds nothing of echo-0; ids and paths stand in its report\n"


def test_compacting_tells_bytes_before_and_after(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("archive", "add", "kept", "articles")
    contradict_command("archive", "remove", "kept", "articles/echo.jsonl")
    told = contradict_command("archive", "compact", "kept")
    before, after = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+(?= bytes)", told.stdout))
    assert told.status == 0
    assert after < before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["archive", "scan", "nowhere"], "contradict: nowhere: no such folder; make an archive with"),
        (["scan", "--archive", "articles"], "contradict: articles: not an archive; make one with"),
        (["archive", "status", "articles"], "contradict: articles: not an archive; make one with"),
        (["archive", "remove", "articles", "x"], "contradict: articles: not an archive; make one with"),
        (["archive", "add", "articles", "articles"], "contradict: articles: neither empty nor an archive"),
        (["archive", "add", "kept", "nothing.txt"], "contradict: nothing.txt: no such file or folder"),
        (["archive", "add", "kept"], "contradict: Missing argument"),
        (["scan"], "contradict: Missing argument"),
        (["scan", "--archive", "kept", "--resume"], "contradict: --archive goes neither with --against nor with"),
    ],
)
def test_wrong_use_is_one_line(
    arguments: Sequence[str], message: str, contradict_command: RunCommand, articles: Path
) -> None:
    told = contradict_command(*arguments)
    assert (told.status, told.stderr.count("\n")) == (2, 1)
    assert told.stderr.startswith(message)


def test_a_second_writer_is_refused_and_a_scan_goes_on_with_what_is_there(
    contradict_command: RunCommand, articles: Path
) -> None:
    contradict_command("archive", "add", "kept", "articles/one.txt", "articles/two.txt")
    held = rf"contradict: kept: process \d+ on {re.escape(socket.gethostname())}, since 20\S+, is writing to it; "
    with Archive(Path("kept"), writable=True) as archive:
        archive.add(["articles"])
        told = contradict_command("archive", "add", "kept", "articles")
        assert (told.status, told.stdout) == (2, "")
        assert re.fullmatch(held + "wait until it has ended\n", told.stderr)
        told = contradict_command("archive", "scan", "kept")
        assert told.status == 0
        assert re.fullmatch(held + "this tells what it had settled by now\n", told.stderr)
        assert sides("kept/report") == [{"one.txt", "two.txt"}]
        assert contradict_command("archive", "scan", "kept", "articles").status == 2


# contradict scan --against


def draft(dead: int, name: str = "draft.txt") -> str:
    Path(name).write_text(dated(2, storm(dead, by="our correspondent counted")))
    return name


@pytest.mark.parametrize("kept", [False, True])
def test_drafts_are_checked_against_articles_and_nothing_else_is_told(
    kept: bool, contradict_command: RunCommand, articles: Path
) -> None:
    others = "articles"
    if kept:
        contradict_command("archive", "add", "kept", "articles")
        others = "kept"
        before = Path("kept/archive.sqlite").read_bytes()
    told = contradict_command("scan", draft(50), "--against", others, "-o", "report")
    assert (told.status, told.stderr) == (0, "")
    assert len(sides("report")) > 3
    assert all("draft.txt" in pair for pair in sides("report"))
    assert contradict_command("scan", "articles", "draft.txt", "-o", "whole").status == 0
    touching = [pair["id"] for pair in lines("whole") if "draft.txt" in {pair[s]["document"] for s in "ab"}]  # type: ignore[index]
    assert {pair["id"] for pair in lines("report")} == set(touching)
    if kept:
        assert Path("kept/archive.sqlite").read_bytes() == before
        assert {path.name for path in Path("kept").iterdir()} <= {
            "archive.sqlite",
            "archive.sqlite-shm",
            "archive.sqlite-wal",
            "lock",
        }


def test_an_archive_and_files_beside_it_may_be_checked_against(contradict_command: RunCommand, articles: Path) -> None:
    contradict_command("archive", "add", "kept", "articles/one.txt")
    told = contradict_command("scan", draft(50), "--against", "kept", "--against", "articles/two.txt", "-o", "report")
    assert (told.status, told.stderr) == (0, "")
    assert {min(pair - {"draft.txt"}) for pair in sides("report")} == {"one.txt", "two.txt"}
    contradict_command("archive", "add", "second", "articles/two.txt")
    told = contradict_command("scan", "draft.txt", "--against", "kept", "--against", "second")
    assert told.status == 2
    assert told.stderr == "contradict: --against: kept and second are both archives; name one, and files beside it\n"


def test_a_draft_that_copies_an_article_is_said_to_and_compared_as_it(
    contradict_command: RunCommand, articles: Path
) -> None:
    Path("draft.txt").write_text(Path("articles/one.txt").read_text())
    assert contradict_command("scan", "draft.txt", "--against", "articles", "-o", "report").status == 0
    notes = json.loads(Path("report/run.json").read_text())["notes"]
    assert {"path": "draft.txt", "reason": "a copy of copy.txt, which it is compared as", "count": 1} in notes
    assert sides("report")
    assert all("copy.txt" in pair for pair in sides("report"))


def test_a_draft_takes_the_place_of_no_article_that_has_its_id(contradict_command: RunCommand, articles: Path) -> None:
    record = {"id": "echo-1", "text": storm(99), "date": "2023-05-02"}
    Path("draft.jsonl").write_text(json.dumps(record))
    assert contradict_command("scan", "draft.jsonl", "--against", "articles", "-o", "report").status == 0
    names = {name for pair in sides("report") for name in pair}
    assert len([name for name in names if name.startswith("echo-1#")]) == 1
    assert all(any(name.startswith("echo-1#") for name in pair) for pair in sides("report"))


# contradict scan --resume


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Scans break off when they have been settled; gives how many pairs each of them judged."""
    judged: list[int] = []

    def settled(archive: Archive, **options: object) -> Scan:
        counts = archive.settle(Letters())
        judged.append(counts["pairs read"])
        if len(judged) == 1:
            raise ModelError("a model is gone")
        return scan_archive(archive, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("contradict.pipeline.scan_archive", settled)
    return judged


def test_a_scan_that_was_cut_off_goes_on(contradict_command: RunCommand, articles: Path, breaking: list[int]) -> None:
    assert contradict_command("scan", "articles", "-o", "out").status == 2
    assert (Path("out") / WORK).is_dir()
    Path("articles/two.txt").unlink()  # it is no article of the scan any more
    Path("articles/one.txt").write_text(dated(2, storm(44)))
    told = contradict_command("scan", "articles", "-o", "out", "--resume")
    assert (told.status, told.stderr) == (0, "")
    assert 0 < breaking[1] < breaking[0]
    assert {path.name for path in Path("out").iterdir()} == REPORT
    assert contradict_command("scan", "articles", "-o", "plain", "--resume").status == 0
    for name in ("findings.jsonl", "pairs.jsonl", "documents.jsonl", "pairs.csv"):
        assert (Path("out") / name).read_bytes() == (Path("plain") / name).read_bytes()


def test_a_scan_whose_reader_went_away_leaves_nothing_behind(
    contradict_command: RunCommand, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("contradict.report.print_summary", closed)
    assert contradict_command("scan", "articles", "-o", "out").status == 141
    assert {path.name for path in Path("out").iterdir()} == REPORT


def test_a_scan_starts_anew_unless_told(contradict_command: RunCommand, articles: Path, breaking: list[int]) -> None:
    assert contradict_command("scan", "articles", "-o", "out").status == 2
    assert contradict_command("scan", "articles", "-o", "out").status == 0
    assert breaking[1] == breaking[0]
    assert not (Path("out") / WORK).exists()


@pytest.mark.parametrize("other", [["--within"], ["--since", "2023"], ["--text-field", "body"], ["more.txt"]], ids=str)
def test_a_scan_goes_on_only_with_what_it_was(
    other: list[str], contradict_command: RunCommand, articles: Path, breaking: list[int]
) -> None:
    Path("more.txt").write_text(dated(2, storm(50)))
    assert contradict_command("scan", "articles", "-o", "out").status == 2
    told = contradict_command("scan", "articles", "-o", "out", "--resume", *other)
    assert (told.status, told.stdout) == (2, "")
    assert told.stderr.startswith(f"contradict: --resume: {Path('out') / WORK} was left by a scan of other articles or")
    assert contradict_command("scan", "articles", "-o", "out", "--resume").status == 0


def test_the_working_folder_is_never_read_and_never_told(contradict_command: RunCommand, articles: Path) -> None:
    for _ in range(2):
        assert contradict_command("scan", "articles", "-o", "articles").status == 0
        record = json.loads(Path("articles/run.json").read_text())
        assert record["read"]["articles"] == 18
        assert not any(WORK in each["path"] for each in record["skipped"])
    assert contradict_command("scan", "nothing.txt", "-o", "out").status == 2
    assert list(Path("out").iterdir()) == []


def test_two_scans_into_one_folder_do_not_disturb_each_other(contradict_command: RunCommand, articles: Path) -> None:
    with Archive(Path("out") / WORK, writable=True):
        told = contradict_command("scan", "articles", "-o", "out")
    assert told.status == 2
    assert "is writing to it; wait until it has ended" in told.stderr
