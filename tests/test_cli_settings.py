"""Settings: from the command line, else a configuration file, else the defaults; what is said of a wrong one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.errors import SettingError
from contradict.isodates import read_iso
from contradict.settings import Settings, load_settings
from contradict.types import LISTED, Relation, TimeSpan


def write_config(folder: Path, text: str, *, name: str = "contradict.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_word_the_defaults_hold(working_folder: Path) -> None:
    assert load_settings() == Settings()
    assert Settings().listed == LISTED


def test_the_command_line_goes_before_the_file_and_the_file_before_the_defaults(working_folder: Path) -> None:
    write_config(working_folder, "min-score = 0.4\ntop = 3\n")
    settings = load_settings(None, {"top": 7, "min_score": None})
    assert (settings.top, settings.min_score, settings.neighbours) == (7, 0.4, Settings().neighbours)


def test_a_flag_can_be_taken_back_on_the_command_line(working_folder: Path) -> None:
    write_config(working_folder, "within = true\n")
    assert load_settings().within
    assert not load_settings(None, {"within": False}).within


def test_the_nearest_file_upwards_is_taken(working_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(working_folder, "[tool.contradict]\ntop = 1\n", name="pyproject.toml")
    below = working_folder / "desk" / "archive"
    below.mkdir(parents=True)
    write_config(below, "[tool.other]\ntop = 2\n", name="pyproject.toml")  # of a project that says nothing of us
    monkeypatch.chdir(below)
    assert load_settings().top == 1
    write_config(below.parent, "top = 5\n")
    assert load_settings().top == 5
    assert load_settings().config == str(below.parent / "contradict.toml")


def test_a_file_given_by_name_is_taken_in_place_of_the_nearest(working_folder: Path) -> None:
    write_config(working_folder, "top = 5\n")
    other = write_config(working_folder, "[tool.contradict]\njobs = 2\n", name="other.toml")
    settings = load_settings(other)
    assert (settings.top, settings.jobs) == (Settings().top, 2)


def test_underscores_read_as_hyphens(working_folder: Path) -> None:
    write_config(working_folder, 'text_field = "story"\n')
    assert load_settings().text_field == "story"


@pytest.mark.parametrize(
    ("line", "since", "until"),
    [
        ('since = "2023-06"', date(2023, 6, 1), None),
        ('until = "2024-02"', None, date(2024, 2, 29)),
        ('until = "2023"', None, date(2023, 12, 31)),
        ("since = 2023-06-30", date(2023, 6, 30), None),
        ("since = 2023-06-30T08:00:00Z", date(2023, 6, 30), None),
        ('since = "2023-06-30"\nuntil = "2023-06-30"', date(2023, 6, 30), date(2023, 6, 30)),
    ],
)
def test_dates_may_be_months_and_years(line: str, since: date | None, until: date | None, working_folder: Path) -> None:
    write_config(working_folder, line)
    assert (load_settings().since, load_settings().until) == (since, until)


def test_relations_can_be_named_or_all_be_listed(working_folder: Path) -> None:
    write_config(working_folder, 'relations = ["contradiction"]\n')
    assert load_settings().listed == {Relation.CONTRADICTION}
    assert load_settings(None, {"include_all": True}).listed == set(Relation)


@pytest.mark.parametrize("name", ["encoder", "nli"])
def test_a_model_beside_the_file_is_found_from_anywhere(
    name: str, working_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write_config(working_folder, f'{name} = "models/ours"\n')
    assert getattr(load_settings(config), name) == "models/ours"  # nothing there: the name of a model, as it stands
    (working_folder / "models" / "ours").mkdir(parents=True)
    monkeypatch.chdir("/")
    assert getattr(load_settings(config), name) == str(working_folder / "models/ours")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min-scor = 0.4", "unknown setting 'min-scor'; did you mean 'min-score'?"),
        ("fields = 3", "unknown setting 'fields'; did you mean 'id-field'?"),
        ("colour = 'red'", "unknown setting 'colour'; there are within, since, until"),
        ("min-score = 40", "min-score: 40 is not a number from 0 to 1"),
        ("min-score = nan", "min-score: nan is not a number from 0 to 1"),
        ("min-score = true", "min-score: True is not a number"),
        ("within = 'yes'", "within: 'yes' is neither true nor false"),
        ("top = -1", "top: -1 is not a whole number from 0 up"),
        ("top = 2.5", "top: 2.5 is not a whole number from 0 up"),
        ("neighbours = 0", "neighbours: 0 is not a whole number from 1 up"),
        ("since = 'June'", "since: 'June' is not a date; write YYYY-MM-DD, YYYY-MM or YYYY"),
        ("since = '2023-02-30'", "since: '2023-02-30' is not a date"),
        ("since = 2023", "since: '2023' is not a date"),
        ("fail-on = 'agreement'", "fail-on: 'agreement' is not one of contradiction, update"),
        ("relations = ['quarrel']", "relations: ['quarrel'] is not a list of relations; there are contradiction"),
        ("relations = [['update']]", "relations: [['update']] is not a list of relations"),
        ("relations = []", "relations: [] is not a list of relations"),
        ("encoder = ''", "encoder: '' is not a name"),
        ("nli = 7", "nli: 7 is not a name"),
        ("nli-budget = -1", "nli-budget: -1 is not a whole number from 0 up"),
        ("nli-budget = 'all'", "nli-budget: 'all' is not a whole number from 0 up"),
        ("since = 2023-07-01\nuntil = 2023-06-01", "until (2023-06-01) lies before since (2023-07-01); swap them"),
        ("top = ", "not a TOML file"),
        ("tool = 3", "[tool.contradict] is not a table"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_do(text: str, message: str, working_folder: Path) -> None:
    config = write_config(working_folder, text)
    with pytest.raises(SettingError) as caught:
        load_settings(config)
    assert message in str(caught.value)
    assert str(config) in str(caught.value) or "swap" in message


def test_a_missing_file_is_named(working_folder: Path) -> None:
    with pytest.raises(SettingError, match=r"none\.toml: cannot be read \(No such file or directory\)"):
        load_settings(Path("none.toml"))


def test_a_wrong_option_is_named_as_an_option(working_folder: Path) -> None:
    with pytest.raises(SettingError, match="^--min-score: 2 is not"):
        load_settings(None, {"min_score": 2})


def test_the_record_of_a_run_names_every_setting_in_plain_json(working_folder: Path) -> None:
    record = load_settings(None, {"since": "2023-06", "fail_on": "update"}).record()
    assert set(record) == {field.name.replace("_", "-") for field in fields(Settings)}
    assert record["since"] == "2023-06-01"
    assert record["fail-on"] == "update"
    assert record["relations"] == ["contradiction", "update"]


@given(st.dates(), st.dates())
def test_an_iso_interval_reads_back_as_it_was_written(one: date, other: date) -> None:
    span = TimeSpan(min(one, other), max(one, other))
    assert read_iso(str(span)) == span


@pytest.mark.parametrize(
    "text", ["", "2023-13", "2023-6-1", "30 June 2023", "2023-06-30/2023-06-01", "٢٠٢٣", "2023-06-30 at noon", "0000"]
)
def test_what_is_no_iso_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="date|ends|year|month"):
        read_iso(text)
