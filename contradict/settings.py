"""What a scan can be told, and where: on the command line, else in a configuration file, else the defaults here."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from contradict.errors import SettingError
from contradict.isodates import read_iso
from contradict.types import LISTED, Relation, TimeSpan

CONFIG_NAME = "contradict.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that bears on what a scan finds, reads or prints.

    `since` and `until` are the first and the last day of publication compared, `min_score` the least probability that
    a listed pair has (0 to 1), `arithmetic` that calculations which hold are listed, too, `jobs` the number of
    processor cores used (0: all there are), `neighbours` how many nearest sentences a claim is compared with, `nli`
    another entailment judge than the bundled one and `nli_budget` how many pairs of claims without figures it is asked
    about (0: such claims are not compared), `top` how many findings the summary prints. The `..._field` settings name
    the fields of JSON, CSV and Parquet records, None where the usual names are to be tried. `config` is the file that
    these settings came from, and `calibration` one that `contradict calibrate` made, None where there was none.
    """

    within: bool = False
    since: date | None = None
    until: date | None = None
    min_score: float = 0.0
    fail_on: Relation | None = None
    encoder: str | None = None
    nli: str | None = None
    nli_budget: int = 20_000
    calibration: str | None = None
    jobs: int = 0
    neighbours: int = 20
    relations: frozenset[Relation] = LISTED
    include_all: bool = False
    arithmetic: bool = False
    top: int = 10
    text_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    source_field: str | None = None
    url_field: str | None = None
    id_field: str | None = None
    config: str | None = None

    @property
    def listed(self) -> frozenset[Relation]:
        """The relations that the report lists."""
        return frozenset(Relation) if self.include_all else self.relations

    def record(self) -> dict[str, object]:
        """The settings as JSON can state them, under the names that a configuration file has for them."""
        return {_key(field.name): _plain(getattr(self, field.name)) for field in fields(self)}


def load_settings(config: Path | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """The settings of one run: `overrides` (None: not given) before the configuration file before the defaults.

    `config` is a TOML file with the settings at its top or under `[tool.contradict]`; without one, the nearest
    `contradict.toml` or `pyproject.toml` with a `[tool.contradict]` is taken, from the working directory upwards.
    Raises `SettingError` for an unknown name or a value that cannot be used.
    """
    path, table = (config, _read_table(config)) if config is not None else _nearest_table(Path.cwd())
    values: dict[str, object] = {}
    if path is not None:
        values = {_name(key, path): _checked(_name(key, path), value, f"{path}: ") for key, value in table.items()}
        for name in ("encoder", "nli", "calibration"):
            values[name] = _beside(path, values.get(name))
        values["config"] = str(path)
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    values |= {name: _checked(name, value, "--") for name, value in given.items()}
    settings = Settings(**values)  # type: ignore[arg-type]  # every value has gone through the reader of its field
    if settings.since and settings.until and settings.until < settings.since:
        raise SettingError(f"until ({settings.until}) lies before since ({settings.since}); swap them")
    return settings


def _nearest_table(folder: Path) -> tuple[Path | None, dict[str, object]]:
    for parent in (folder, *folder.parents):
        own = parent / CONFIG_NAME
        if own.is_file():
            return own, _read_table(own)
        project = parent / "pyproject.toml"
        if project.is_file():
            document = _read_toml(project)
            if "contradict" in _table(document.get("tool", {}), project):
                return project, _read_table(project)
    return None, {}


def _read_table(path: Path) -> dict[str, object]:
    document = _read_toml(path)
    tools = _table(document.get("tool", {}), path)
    if "contradict" in tools or path.name == "pyproject.toml":
        return _table(tools.get("contradict", {}), path)
    return document


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise SettingError(f"{path}: cannot be read ({error.strerror}); give a TOML file with --config") from error
    except (ValueError, RecursionError) as error:
        raise SettingError(f"{path}: not a TOML file ({error}); mend it or give another with --config") from error


def _table(value: object, path: Path) -> dict[str, object]:
    if not isinstance(value, dict):
        raise SettingError(f"{path}: [tool.contradict] is not a table; write its settings as lines 'name = value'")
    return value


def _name(key: str, path: Path) -> str:
    name = key.replace("-", "_")
    if name in _READERS:
        return name
    near = difflib.get_close_matches(key.replace("_", "-"), _KEYS, n=1, cutoff=0.5)
    advice = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(_KEYS)}"
    raise SettingError(f"{path}: unknown setting '{key}'; {advice}")


def _key(name: str) -> str:
    """The name of a field as options and configuration files write it."""
    return name.replace("_", "-")


def _checked(name: str, value: object, where: str) -> object:
    try:
        return _READERS[name](value)
    except ValueError as error:
        raise SettingError(f"{where}{_key(name)}: {error}") from error


def _beside(path: Path, named: object) -> object:
    """What a configuration names by a path is looked for beside that file, wherever the command runs."""
    if isinstance(named, str) and (path.parent / named).exists():
        return str(path.parent / named)
    return named


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return [relation.value for relation in Relation if relation in value]
    return value.isoformat() if isinstance(value, date) else value


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is neither true nor false")


def _text(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"{value!r} is not a name; write it in quotes")


def _share(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise ValueError(f"{value!r} is not a number from 0 to 1")


def _count_from(least: int) -> Callable[[object], int]:
    def count(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        raise ValueError(f"{value!r} is not a whole number from {least} up")

    return count


def _span(value: object) -> TimeSpan:
    if isinstance(value, date):  # TOML has dates of its own, with or without a time of day
        day = date(value.year, value.month, value.day)
        return TimeSpan(day, day)
    if isinstance(value, str):
        with suppress(ValueError):
            return read_iso(value)
    raise ValueError(f"{str(value)!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")


def _relation(value: object) -> Relation:
    if value in LISTED:
        return Relation(str(value))
    raise ValueError(f"{value!r} is not one of {', '.join(relation for relation in Relation if relation in LISTED)}")


def _relations(value: object) -> frozenset[Relation]:
    if isinstance(value, frozenset | list) and value and all(item in tuple(Relation) for item in value):
        return frozenset(Relation(relation) for relation in value)
    raise ValueError(f"{value!r} is not a list of relations; there are {', '.join(Relation)}")


_READERS: Mapping[str, Callable[[object], object]] = {
    "within": _flag,
    "since": lambda value: _span(value).start,
    "until": lambda value: _span(value).end,
    "min_score": _share,
    "fail_on": _relation,
    "encoder": _text,
    "nli": _text,
    "nli_budget": _count_from(0),
    "calibration": _text,
    "jobs": _count_from(0),
    "neighbours": _count_from(1),
    "relations": _relations,
    "include_all": _flag,
    "arithmetic": _flag,
    "top": _count_from(0),
    "text_field": _text,
    "title_field": _text,
    "date_field": _text,
    "source_field": _text,
    "url_field": _text,
    "id_field": _text,
}
_KEYS = tuple(_key(name) for name in _READERS)
