"""The page that shows findings: `report.html`, which needs no network, and the same page in the application."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from contradict.report.escaping import page_text, script_json, web_link
from contradict.report.loading import Report
from contradict.report.overview import NAMED_PATHS, group, headline, how_many, reading_line
from contradict.report.page_data import page_data
from contradict.report.passages import Marked, clip, lead, marked, reason_of
from contradict.report.records import Record, kind_of
from contradict.report.run_record import what_was_read
from contradict.report.words import CHOICE_WORDS, KIND_WORDS, RELATION_SIGN, date_words
from contradict.types import Claim, Finding, Relation, Skipped, digest

if TYPE_CHECKING:
    from jinja2 import Environment

SCRIPTS = (
    "dom.js", "words.js", "model.js", "marks.js", "chart.js", "finding.js", "row.js", "queue.js", "filters.js",
    "ledger.js", "decide.js", "keys.js", "review.js",
)  # fmt: skip
STATIC_SCRIPTS = (*SCRIPTS[:-1], "store_browser.js", SCRIPTS[-1])
APP_SCRIPTS = (*SCRIPTS[:-1], "store_server.js", SCRIPTS[-1])
WITHOUT_SCRIPT = 50  # findings in plain HTML, for readers that run no script
STATUSES = ("all", "open", "decided", "snoozed", "new", "changed", "disputed")
_LISTED_OUTLETS, _NAMED_REASONS, _SENTENCE, _LINE = 60, 40, 600, 1000


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who reviews in the application: the page's token, the reviewer's name; `blind` hides scores and other people."""

    token: str
    reviewer: str
    blind: bool = False


def report_page(report: Report) -> str:
    """The static page with all its data. The same report gives the same page, byte for byte."""
    data = page_data(report)
    config = {
        "mode": "static",
        "report": digest(*(finding.id for finding in report.findings)),
        "reviewer": "reader",
        "blind": False,
    }
    return _page(report, config=config, scripts=STATIC_SCRIPTS, connect="", data=data.json)


def review_page(report: Report, sitting: Sitting) -> str:
    """The page of the application, which asks its server for the data and for decisions."""
    config = {"mode": "app", "token": sitting.token, "reviewer": sitting.reviewer, "blind": sitting.blind}
    return _page(report, config=config, scripts=APP_SCRIPTS, connect="'self'", data="")


def _page(report: Report, *, config: Mapping[str, object], scripts: Sequence[str], connect: str, data: str) -> str:
    style, script = _part("report.css"), script_text(scripts)
    relations = Counter(finding.relation for finding in report.findings)
    kinds = Counter(kind_of(finding) for finding in report.findings)
    read = report.run.get("read") or what_was_read(list(report.documents.values()))
    text = (
        template_environment("contradict.report")
        .get_template("report.html")
        .render(
            policy=policy(style=style, script=script, connect=connect),
            style=style,
            script=script,
            data=data,
            config=config,
            config_json=script_json(config),
            headline=headline(report.findings),
            deck=reading_line(read),
            statuses=[(status, status.capitalize()) for status in STATUSES],
            choices=list(CHOICE_WORDS.items()),
            relations=[
                (relation.value, RELATION_SIGN[relation], relations[relation]) for relation in _listed(relations)
            ],
            kinds=[(kind, words, kinds[kind]) for kind, words in KIND_WORDS.items() if kinds[kind]],
            accounts=[
                (title, how_many(items), group(items))
                for title, key in (
                    ("Not read", "skipped"),
                    ("Read, not compared", "not_compared"),
                    ("Worth knowing", "notes"),
                )
                for items in [_skipped(report.run.get(key))]
            ],
            named_paths=NAMED_PATHS,
            named_reasons=_NAMED_REASONS,
            copies_count=len(report.run.get("copies") or ()),
            tables=_tables(report.run, read),
            plain=[_plain_finding(finding) for finding in report.findings[:WITHOUT_SCRIPT]],
            plain_more=max(0, len(report.findings) - WITHOUT_SCRIPT),
        )
    )
    return page_text(text)


def policy(*, style: str, script: str, connect: str = "") -> str:
    """The Content-Security-Policy: nothing is loaded, only this very style and script apply; `connect` may be asked."""
    return "; ".join(
        (
            "default-src 'none'",
            *([f"connect-src {connect}"] if connect else []),
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def script_text(names: Sequence[str]) -> str:
    """The named scripts as one block with a scope of its own; they are plain functions that know each other by name."""
    body = "\n".join(_part(name).strip() for name in names)
    return f'\n(() => {{\n"use strict";\n{body}\n}})();\n'


def _plain_finding(finding: Finding) -> dict[str, object]:
    first, check = lead(finding), finding.check
    claims = (first.pair.a, first.pair.b) if first else check.claims if check else ()
    return {
        "relation": finding.relation.value,
        "sign": RELATION_SIGN[finding.relation],
        "matter": clip(finding.matter, _LINE),
        "reason": clip(reason_of(finding), _LINE),
        "sides": [_plain_side(claim) for claim in claims],
    }


def _plain_side(claim: Claim) -> dict[str, str | Marked]:
    document = claim.document
    return {
        "text": marked(claim, length=_SENTENCE),
        "source": clip(document.source or document.path, _LINE),
        "date": date_words(document.date),
        "title": clip(document.title, _LINE),
        "url": web_link(document.url),
    }


def _skipped(records: Iterable[Record] | None) -> list[Skipped]:
    return [Skipped(each["path"], each["reason"], each["count"]) for each in records or ()]


def _tables(run: Record, read: Record) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the summary tells as tables: a title, and rows of a name and a value."""
    outlets = [(clip(name, _LINE), f"{count:,}") for name, count in list(read["outlets"].items())[:_LISTED_OUTLETS]]
    rest = sum(list(read["outlets"].values())[_LISTED_OUTLETS:])
    counts = [(stage, f"{count:,}") for stage, count in (run.get("counts") or {}).items()]
    settings = [(name, _setting(value)) for name, value in (run.get("settings") or {}).items() if _is_set(value)]
    models = [(name, str(checksum)[:16]) for name, checksum in (run.get("models") or {}).items()]
    return [
        ("From articles to findings", counts),
        ("Articles by outlet", [*outlets, ("other outlets", f"{rest:,}")] if rest else outlets),
        ("Settings", [(clip(name, _LINE), clip(value, _LINE)) for name, value in settings]),
        ("Models, by SHA-256", models),
    ]


def _is_set(value: object) -> bool:
    return value is not None and value is not False and value != ""


def _setting(value: Any) -> str:
    if value is True:
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _listed(relations: Counter[Relation]) -> list[Relation]:
    """The relations to filter by: the two that are always listed, and the others where there are such findings."""
    return [r for r in Relation if relations[r] or r in (Relation.CONTRADICTION, Relation.UPDATE)]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def template_environment(package: str) -> Environment:
    """The templates of a package, everything in them escaped, a missing value an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment


def _part(name: str) -> str:
    """A file beside the template; with line ends as the browser will see them when it checks the hash."""
    return (files("contradict.report") / "templates" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
