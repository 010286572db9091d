"""`report.html`: one self-contained page that needs no network and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from contradict.report.escaping import page_text, web_link
from contradict.report.overview import NAMED_PATHS, group, headline, how_many, reading_line
from contradict.report.page_data import page_data
from contradict.report.passages import Marked, clip, lead, marked
from contradict.report.words import KIND_WORDS, RELATION_SIGN, date_words
from contradict.types import Claim, Document, Finding, Kind, Relation, Scan

if TYPE_CHECKING:
    from jinja2 import Environment

SCRIPTS = ("dom.js", "words.js", "chart.js", "finding.js", "filters.js", "feed.js", "report.js")
WITHOUT_SCRIPT = 50  # findings in plain HTML, for readers that run no script
_LISTED_OUTLETS, _NAMED_REASONS, _SENTENCE, _LINE = 60, 40, 600, 1000


def report_page(scan: Scan) -> str:
    """The whole page. The same scan gives the same page, byte for byte."""
    environment = _environment()
    style = _part("report.css")
    script = script_text(SCRIPTS)
    data = page_data(scan)
    relations = Counter(finding.relation for finding in scan.findings)
    leads = [lead(finding) for finding in scan.findings]
    kinds = Counter(first.kind if first else Kind.NONE for first in leads)
    collection = scan.collection
    text = environment.get_template("report.html").render(
        policy=policy(style=style, script=script),
        style=style,
        script=script,
        data=data,
        headline=headline(scan),
        deck=reading_line(collection.documents),
        relations=[(relation.value, RELATION_SIGN[relation], relations[relation]) for relation in _listed(relations)],
        kinds=[(kind.value, KIND_WORDS[kind], kinds[kind]) for kind in Kind if kinds[kind]],
        accounts=[
            (title, how_many(items), group(items))
            for title, items in (
                ("Not read", collection.skipped),
                ("Read, not compared", collection.not_compared),
                ("Worth knowing", collection.notes),
            )
        ],
        named_paths=NAMED_PATHS,
        named_reasons=_NAMED_REASONS,
        copies_count=len(collection.copies),
        outlets=_outlets(collection.documents),
        counts=scan.counts,
        models=scan.models,
        plain=[_plain_finding(finding) for finding in scan.findings[:WITHOUT_SCRIPT]],
        plain_more=max(0, len(scan.findings) - WITHOUT_SCRIPT),
    )
    return page_text(text)


def policy(*, style: str, script: str) -> str:
    """The Content-Security-Policy: nothing is loaded, and only this very style and script apply."""
    return "; ".join(
        (
            "default-src 'none'",
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
    first = lead(finding)
    sides = [_plain_side(claim) for claim in (first.pair.a, first.pair.b)] if first else []
    return {
        "relation": finding.relation.value,
        "sign": RELATION_SIGN[finding.relation],
        "matter": clip(finding.matter, _LINE),
        "reason": clip(first.reason, _LINE) if first else "",
        "sides": sides,
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


def _outlets(documents: Iterable[Document]) -> list[tuple[str, int]]:
    counted = Counter(document.source for document in documents if document.source)
    ordered = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    shown = [(clip(name, _LINE), count) for name, count in ordered[:_LISTED_OUTLETS]]
    rest = sum(count for _, count in ordered[len(shown) :])
    return [*shown, ("other outlets", rest)] if rest else shown


def _listed(relations: Counter[Relation]) -> list[Relation]:
    """The relations to filter by: the two that are always listed, and the others where there are such findings."""
    return [r for r in Relation if relations[r] or r in (Relation.CONTRADICTION, Relation.UPDATE)]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("contradict.report", "templates"),
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
