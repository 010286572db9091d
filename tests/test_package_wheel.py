"""The wheel, built and run outside the checkout: what a user gets who never sees this repository.

Installing every dependency anew takes minutes, so the usual run lends the new environment the libraries of the one that
runs the tests (by a .pth file, which does not bring the editable install with it); what this cannot tell, that the
declared dependencies are all that is needed, test_package.py tells from the imports. `make check-wheel` sets
EMPTY_ENVIRONMENT and installs everything anew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.wheel

ANEW = bool(os.environ.get("EMPTY_ENVIRONMENT"))
CARRIED = {".npz", ".json", ".onnx", ".safetensors", ".md"}
REPORT = {"documents.jsonl", "findings.jsonl", "pairs.csv", "pairs.jsonl", "report.html", "run.json"}


# Run by the Python of the new environment: every socket but local ones fails, as with the cable pulled.
CUT_OFF = """
import socket, sys

def refuse(*_):
    raise OSError("no network")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from contradict.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(command: Sequence[str | Path], *, folder: Path, seconds: int = 300) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment that has the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    programs = folder / "bin"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        programs / "python",
        "--disable-pip-version-check",
        "install",
    ]
    if ANEW:
        run([*pip, "-c", ROOT / "constraints.txt", wheel], folder=folder, seconds=1800)
    else:
        run([*pip, "--no-deps", wheel], folder=folder)
        site = run([programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder=folder)
        Path(site.strip(), "libraries_of_the_tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def test_the_wheel_holds_the_package_its_models_and_nothing_else(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"contradict"}
    assert "contradict/py.typed" in names
    models = ROOT / "models"
    carried = [path for path in models.iterdir() if path.suffix in CARRIED] + list((models / "nli").iterdir())
    expected = {f"contradict/_models/{path.relative_to(models)}" for path in carried}
    assert {name for name in names if name.startswith("contradict/_models/")} == expected


def test_the_wheel_scans_the_sample_outside_the_checkout(environment: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "articles")
    where = run([environment / "python", "-c", "import contradict; print(contradict.__file__)"], folder=tmp_path)
    assert Path(where.strip()).is_relative_to(environment.parent)
    told = run([environment / "contradict", "scan", "articles", "-o", "report"], folder=tmp_path)
    assert "report/report.html" in told
    assert {path.name for path in (tmp_path / "report").iterdir()} == REPORT
    findings = (tmp_path / "report" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert {"contradiction", "update"} == {json.loads(line)["relation"] for line in findings}


def test_the_wheel_reads_figures_outside_the_checkout(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_text("Almost 7,000 people fled.\n")
    figures = run([environment / "contradict", "figures", "line.txt"], folder=tmp_path)
    assert json.loads(figures)["figures"][0]["value"] == "7000"


def test_the_wheel_judges_entailment_with_the_network_cut(environment: Path, tmp_path: Path) -> None:
    pair = {"id": 1, "a": {"text": "The ferry sank."}, "b": {"text": "The ferry did not sink."}}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair) + "\n")
    told = run([environment / "python", "-c", CUT_OFF, "nli", "pairs.jsonl"], folder=tmp_path)
    probabilities = json.loads(told)["probabilities"]
    assert max(probabilities, key=probabilities.get) == "contradiction"


def test_a_damaged_judge_in_the_wheel_is_one_line(environment: Path, tmp_path: Path) -> None:
    (weights,) = environment.parent.glob("lib/*/site-packages/contradict/_models/nli/model.onnx")
    whole = weights.read_bytes()
    (tmp_path / "pairs.jsonl").touch()
    weights.write_bytes(whole[:-1000])
    try:
        done = subprocess.run(
            [environment / "contradict", "nli", "pairs.jsonl"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        weights.write_bytes(whole)
    assert (done.returncode, done.stdout) == (2, "")
    assert "model.onnx: not the expected weights (sha256 " in done.stderr
    assert done.stderr.count("\n") == 1
