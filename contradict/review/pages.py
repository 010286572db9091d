"""Pages that the server renders itself: an article with its passage marked, and the agreement of the reviewers."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from contradict.report.escaping import page_text, web_link
from contradict.report.page import template_environment
from contradict.report.passages import Marked, clip, marked
from contradict.report.words import date_words
from contradict.review.agreement import Dispute, agreement, disputes
from contradict.review.described import claims_of
from contradict.review.records import Choice
from contradict.review.state import Present
from contradict.types import Claim, Document, Finding

if TYPE_CHECKING:
    pass

REACH = 500_000  # characters of an article shown on each side of the passage; what is more is counted on the page
MOST_DISPUTES = 200  # on one page
_LINE, _SENTENCE = 300, 600
CHOICE_WORDS: Mapping[Choice, str] = {
    Choice.CONTRADICTION: "contradiction",
    Choice.UPDATE: "update",
    Choice.AGREEMENT: "agreement",
    Choice.UNRELATED: "not the same matter",
    Choice.UNSURE: "unsure",
}


@dataclass(frozen=True, slots=True)
class Side:
    """A statement as the agreement page shows it."""

    source: str
    date: str
    text: Marked


def article_page(document: Document, claim: Claim | None) -> str:
    """The text of an article as text, whatever stands in it; the sentence of `claim` is marked."""
    text = document.text
    start, end = (claim.sentence.start, claim.sentence.end) if claim is not None else (0, 0)
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    return page_text(
        template_environment("contradict.review")
        .get_template("article.html")
        .render(
            style=_style(),
            title=clip(document.title or document.path, _LINE),
            source=clip(document.source or document.path, _LINE),
            date=date_words(document.date),
            url=web_link(document.url),
            before=text[first:start],
            mark=marked(claim, length=REACH) if claim is not None else None,
            after=text[end:last],
            cut_before=first,
            cut_after=len(text) - last,
        )
    )


def agreement_page(state: Present, findings: Mapping[str, Finding], *, token: str, blind: bool, action: str) -> str:
    """How far reviewers agree, and the findings that they decided differently, with a form to settle each."""
    found = disputes(state)
    return page_text(
        template_environment("contradict.review")
        .get_template("agreement.html")
        .render(
            style=_style(),
            told=agreement(state),
            disputes=found
            if blind
            else [_shown(each, findings[each.finding]) for each in found if each.finding in findings],
            open=sum(each.settled is None for each in found),
            most=MOST_DISPUTES,
            blind=blind,
            token=token,
            action=action,
            choices=[(choice.value, words) for choice, words in CHOICE_WORDS.items() if choice is not Choice.UNSURE],
        )
    )


def page_policy(*, form: bool) -> str:
    """The Content-Security-Policy of these pages: one style, no script, and forms only to this server."""
    digest = base64.b64encode(hashlib.sha256(_style().encode("utf-8")).digest()).decode("ascii")
    to = "'self'" if form else "'none'"
    return f"default-src 'none'; style-src 'sha256-{digest}'; form-action {to}; base-uri 'none'; frame-ancestors 'none'"


def _shown(dispute: Dispute, finding: Finding) -> dict[str, object]:
    settled = dispute.settled.decision if dispute.settled is not None else None
    return {
        "finding": finding.id,
        "matter": clip(finding.matter or finding.id, _LINE),
        "sides": [_side(claim) for claim in claims_of(finding)[:2]],
        "choices": [
            (name, _words(standing.decision.decision), clip(standing.decision.note, _LINE))
            for name, standing in dispute.standings.items()
        ],
        "settled": (settled.reviewer, _words(settled.decision), clip(settled.note, _LINE)) if settled else None,
    }


def _side(claim: Claim) -> Side:
    document = claim.document
    source = clip(document.source or document.path, _LINE)
    return Side(source, date_words(document.date), marked(claim, length=_SENTENCE))


def _words(choice: Choice | None) -> str:
    return CHOICE_WORDS[choice] if choice is not None else ""


@cache
def _style() -> str:
    return (files("contradict.review") / "templates" / "review.css").read_text(encoding="utf-8").replace("\r\n", "\n")
