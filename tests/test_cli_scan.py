"""`contradict scan` around a line of known findings: options, outputs, exit statuses, what it never reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, RunCommand, verdict_on

from contradict.archive import Archive
from contradict.parallel import Workers
from contradict.progress import Clock, Progress
from contradict.settings import Settings
from contradict.types import Collection, Finding, Relation, Scan

REPORT = {"documents.jsonl", "findings.jsonl", "pairs.csv", "pairs.jsonl", "report.html", "run.json"}


@dataclass
class Line:
    """Stands for the pipeline: pairs the first two documents under `relation`, and remembers what it was given."""

    relation: Relation = Relation.UPDATE
    settings: Settings = field(default_factory=Settings)
    collection: Collection = field(default_factory=lambda: Collection(documents=()))
    nli: object = None
    workers: Workers | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def scan(
        self,
        archive: Archive,
        *,
        settings: Settings,
        encoder: object,
        nli: object,
        calibration: object,
        progress: Progress,
        workers: Workers,
        clock: Clock,
        touching: object,
    ) -> Scan:
        del encoder, calibration
        assert touching is None
        collection = archive.collection()
        self.collection, self.settings, self.nli = collection, settings, nli
        self.workers, self.seconds = workers, dict(clock.seconds)
        with progress.stage("pairs", total=1):
            progress.advance()
        if len(collection.documents) < 2:
            return Scan(collection=collection, verdicts=(), findings=(), settings=settings.record())
        verdict = verdict_on(collection.documents[0], collection.documents[1], self.relation)
        finding = Finding("f1", "a matter", self.relation, verdict.score, (verdict,), ())
        return Scan(collection=collection, verdicts=(verdict,), findings=(finding,), settings=settings.record())


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    fake = Line()
    monkeypatch.setattr("contradict.pipeline.scan_archive", fake.scan)
    monkeypatch.setattr("contradict.encoders.load_encoder", lambda _name, *, threads: object())
    monkeypatch.setattr("contradict.nli.load_judge", lambda name, *, threads: (name, threads))
    return fake


@pytest.fixture
def articles(working_folder: Path) -> Path:
    """A folder of two articles that the readers take for two."""
    folder = working_folder / "articles"
    folder.mkdir()
    (folder / "dam.txt").write_text(
        "The dam at Orvik broke on Sunday.\n\nFlooding drove 400 families out of the valley.\n"
    )
    (folder / "mill.txt").write_text("A mill burnt down in Hasle.\n\nThe owner put the damage at 12 million kroner.\n")
    return folder


def test_a_scan_writes_its_report_and_says_where(
    contradict_command: RunCommand, line: Line, articles: Path, working_folder: Path
) -> None:
    told = contradict_command("scan", articles, "-o", "out")
    assert (told.status, told.stderr) == (0, "")
    assert {path.name for path in (working_folder / "out").iterdir()} == REPORT
    assert str(Path("out/report.html")) in told.stdout
    assert len(line.collection.documents) == 2
    assert set(line.seconds) == {"read"}


def test_the_report_goes_beside_the_caller_unless_told(
    contradict_command: RunCommand, line: Line, articles: Path, working_folder: Path
) -> None:
    assert contradict_command("scan", articles).status == 0
    assert (working_folder / "contradict-report" / "report.html").is_file()


def test_options_go_before_the_file_of_settings(
    contradict_command: RunCommand, line: Line, articles: Path, working_folder: Path
) -> None:
    config = working_folder / "desk.toml"
    config.write_text('since = "2023-01"\nneighbours = 5\nwithin = true\nmin-score = 0.2\n')
    options = ["--config", config, "--no-within", "--until", "2023-06", "--min-score", "0.5", "--top", "3", "-j", "1"]
    told = contradict_command("scan", articles, *options)
    assert told.status == 0
    expected = Settings(
        since=date(2023, 1, 1), until=date(2023, 6, 30), neighbours=5, min_score=0.5, top=3, jobs=1, config=str(config)
    )
    assert line.settings == expected
    assert line.workers is not None
    assert line.workers.jobs == 1


def test_the_settings_of_a_run_stand_in_its_record(
    contradict_command: RunCommand, line: Line, articles: Path, working_folder: Path
) -> None:
    contradict_command("scan", articles, "--since", "2023", "--all")
    settings = json.loads((working_folder / "contradict-report" / "run.json").read_text())["settings"]
    assert (settings["since"], settings["include-all"]) == ("2023-01-01", True)


@pytest.mark.parametrize(
    ("options", "nli", "budget"),
    [
        ([], None, 20_000),
        (["--nli", "bundled"], ("bundled", 0), 20_000),
        (["--nli", "bundled", "--jobs", "2"], ("bundled", 2), 20_000),
        (["--nli", "."], (".", 0), 20_000),
        (["--nli", "bundled", "--nli-budget", "7"], ("bundled", 0), 7),
        (["--nli-budget", "0", "--nli", "nowhere"], None, 0),
    ],
)
def test_claims_are_compared_where_a_judge_is_named_within_its_budget(
    options: list[str],
    nli: object,
    budget: int,
    contradict_command: RunCommand,
    line: Line,
    articles: Path,
) -> None:
    assert contradict_command("scan", articles, *options).status == 0
    assert (line.nli, line.settings.nli_budget) == (nli, budget)


@pytest.mark.parametrize(
    ("found", "fail_on", "status"),
    [
        (Relation.CONTRADICTION, "contradiction", 1),
        (Relation.CONTRADICTION, "update", 0),
        (Relation.CONTRADICTION, None, 0),
        (Relation.UPDATE, "contradiction", 0),
        (Relation.UPDATE, "update", 1),
    ],
)
def test_a_run_fails_on_what_it_was_told_to_fail_on(
    found: Relation, fail_on: str | None, status: int, contradict_command: RunCommand, line: Line, articles: Path
) -> None:
    line.relation = found
    told = contradict_command("scan", articles, *(["--fail-on", fail_on] if fail_on else []))
    assert told.status == status


def test_a_scan_of_nothing_readable_writes_its_report_and_exits_with_2(
    contradict_command: RunCommand, line: Line, working_folder: Path
) -> None:
    (working_folder / "empty.txt").touch()
    (working_folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    told = contradict_command("scan", "empty.txt", "picture.txt", "-o", "out")
    assert told.status == 2
    assert told.stderr == "contradict: no article could be read; out/run.json says why for each that was skipped\n"
    skipped = json.loads((working_folder / "out" / "run.json").read_text())["skipped"]
    assert {Path(each["path"]).name for each in skipped} == {"empty.txt", "picture.txt"}


def test_a_path_that_is_not_there_is_wrong_use(
    contradict_command: RunCommand, line: Line, working_folder: Path
) -> None:
    told = contradict_command("scan", "articels", "-o", "out")
    assert told.status == 2
    assert "articels" in told.stderr + told.stdout


@pytest.mark.parametrize("output", ["articles/report", "articles/deep/er", "contradict-report"])
def test_a_scan_never_reads_its_own_report(
    output: str, contradict_command: RunCommand, line: Line, articles: Path, working_folder: Path
) -> None:
    for _ in range(2):
        assert contradict_command("scan", working_folder, "-o", output).status == 0
        assert {Path(document.path).name for document in line.collection.documents} == {"dam.txt", "mill.txt"}


@pytest.mark.parametrize("output", ["articles", "."])
def test_articles_that_lie_in_the_output_folder_are_read_and_the_report_there_is_not(
    output: str, contradict_command: RunCommand, line: Line, articles: Path
) -> None:
    for _ in range(2):
        assert contradict_command("scan", "articles", "-o", output).status == 0
        assert {Path(document.path).name for document in line.collection.documents} == {"dam.txt", "mill.txt"}


def test_json_lines_are_read_from_standard_input_by_the_fields_that_are_named(
    contradict_command: RunCommand, line: Line, working_folder: Path
) -> None:
    records = [
        {"story": "The dam at Orvik broke on Sunday and 400 families fled.", "desk": "North", "when": "2023-06-30"},
        {
            "story": "A mill burnt down in Hasle; the damage is 12 million kroner.",
            "desk": "South",
            "when": "2023-07-01",
        },
    ]
    stdin = "".join(json.dumps(record) + "\n" for record in records).encode()
    told = contradict_command(
        "scan", "-", "--text-field", "story", "--source-field", "desk", "--date-field", "when", stdin=stdin
    )
    assert told.status == 0
    assert [(document.source, str(document.date)) for document in line.collection.documents] == [
        ("North", "2023-06-30"),
        ("South", "2023-07-01"),
    ]


def test_an_output_that_cannot_be_made_is_told_before_the_work(
    contradict_command: RunCommand, line: Line, articles: Path
) -> None:
    told = contradict_command("scan", articles, "-o", articles / "dam.txt")
    assert told.status == 2
    assert told.stderr.startswith("contradict: --output: ")
    assert line.collection.documents == ()


def test_the_network_is_closed_to_the_libraries_unless_a_hub_model_is_named() -> None:
    code = (
        "import os, sys\n"
        "from contradict.cli.environment import prepare_environment\n"
        "prepare_environment(*(name or None for name in sys.argv[1:]))\n"
        "print(os.environ.get('HF_HUB_OFFLINE'))"
    )

    def offline(*models: str, **environment: str) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
        done = subprocess.run(
            [sys.executable, "-c", code, *models],
            cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    assert offline("") == "1"
    assert offline(str(ROOT)) == "1"
    assert offline("organisation/model") == "None"
    assert offline("", "") == offline(str(ROOT), str(ROOT)) == "1"
    assert offline("", "organisation/model") == offline("organisation/model", "") == "None"
    assert offline("organisation/model", HF_HUB_OFFLINE="1") == "1"


def test_progress_is_drawn_on_stderr_only_for_a_terminal() -> None:
    pty = pytest.importorskip("pty")
    code = (
        "import sys\n"
        "from contradict.progress import progress_on_stderr\n"
        "progress = progress_on_stderr(quiet=bool(sys.argv[1:]))\n"
        "with progress.stage('claims', total=2): progress.advance(2)\n"
    )

    def drawn(*arguments: str, terminal: bool) -> bytes:
        ours, theirs = pty.openpty() if terminal else os.pipe()
        subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"}, timeout=60, check=True,
        )  # fmt: skip
        os.set_blocking(ours, False)
        try:
            return os.read(ours, 10_000)
        except BlockingIOError:
            return b""
        finally:
            os.close(ours)
            os.close(theirs)

    assert b"claims" in drawn(terminal=True)
    assert drawn("quiet", terminal=True) == b""
    assert drawn(terminal=False) == b""


def test_a_stage_of_unknown_length_and_silence_take_the_same_calls() -> None:
    from contradict.progress import Bar, Silent

    for progress in (Bar(), Silent()):
        with progress.stage("reading") as open_stage:
            open_stage.advance()
            progress.advance(3)
        progress.advance()  # after its end a stage takes no harm
