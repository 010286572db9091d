"""What a decision carries of its finding, so that it is found again after an edit and can serve as a labelled pair."""

from __future__ import annotations

from typing import Any

from contradict.report.loading import Report
from contradict.report.passages import lead
from contradict.report.records import PLACES, Record
from contradict.review.records import MAX_STATEMENTS, MAX_TEXT, MAX_TEXTS, Mark
from contradict.types import Claim, Finding, Relation

CONTEXT = 600  # characters of the article on each side of a sentence that a labelled pair keeps


def claims_of(finding: Finding) -> list[Claim]:
    """The statements of a finding, each once: those of its first pair, then the others by their ids.

    Of a calculation, which has no pairs, the figures in their order.
    """
    first = lead(finding)
    if first is None:
        return list(finding.check.claims) if finding.check is not None else []
    claims = {claim.statement: claim for claim in (first.pair.a, first.pair.b)}
    rest = {claim.statement: claim for verdict in finding.verdicts for claim in (verdict.pair.a, verdict.pair.b)}
    for statement in sorted(rest):
        claims.setdefault(statement, rest[statement])
    return list(claims.values())


def mark_of(claim: Claim) -> Mark:
    """A statement with what identifies it after an edit."""
    document = claim.document
    return Mark(
        statement=claim.statement,
        document=document.id,
        text=_cut(claim),
        said=claim.said[:MAX_TEXT] if claim.figure is not None or claim.time is not None else "",
        value=value_of(claim),
        source=document.source,
        date=str(document.date) if document.date is not None else None,
    )


def value_of(claim: Claim) -> str:
    """The figure or date of a claim in a normal form; empty where the whole sentence is compared."""
    if claim.figure is not None:
        low, high = (f"{bound.normalize():f}" if bound is not None else "" for bound in claim.figure.level)
        return f"{low}..{high} {claim.figure.unit or ''}".strip()[:MAX_TEXT]
    return str(claim.time.span) if claim.time is not None else ""


def described(finding: Finding, report: Report) -> dict[str, Any]:
    """The fields of a `Decision` that tell what was decided on."""
    claims = claims_of(finding)
    return {
        "statements": tuple(sorted(claim.statement for claim in claims))[:MAX_STATEMENTS],
        "matter": finding.matter[:MAX_TEXT],
        "relation": finding.relation.value,
        "score": round(finding.score, PLACES),
        "texts": tuple(mark_of(claim) for claim in claims[:MAX_TEXTS]),
        "pair": _pair(finding, report),
    }


def _pair(finding: Finding, report: Report) -> Record | None:
    """The pair that stands for the finding as `judge` reads pairs; None where it has none or a sentence is too long."""
    first = lead(finding)
    if first is None or max(_size(first.pair.a), _size(first.pair.b)) > MAX_TEXT:
        return None
    shares = first.probabilities
    models = report.run.get("models")
    return {
        "id": first.id,
        "kind": first.pair.a.kind.value,
        "relation": first.relation.value,
        "probabilities": {each.value: round(getattr(shares, each.value), PLACES) for each in Relation},
        "head": models.get("verdict head") if isinstance(models, dict) else None,
        "a": _passage(first.pair.a),
        "b": _passage(first.pair.b),
    }


def _size(claim: Claim) -> int:
    return claim.sentence.end - claim.sentence.start


def _passage(claim: Claim) -> Record:
    document, sentence = claim.document, claim.sentence
    return {
        "text": sentence.text,
        "date": str(document.date) if document.date is not None else None,
        "source": document.source,
        "before": _before(document.text, sentence.start),
        "after": _after(document.text, sentence.end),
        "statement": claim.statement,
        "document": document.id,
    }


def _before(text: str, end: int) -> str:
    """The text before a sentence, from the first whole word within reach."""
    around = text[max(0, end - CONTEXT) : end]
    return (around if end <= CONTEXT else around[around.find(" ") + 1 :]).strip()


def _after(text: str, start: int) -> str:
    """The text after a sentence, up to the last whole word within reach."""
    around = text[start : start + CONTEXT]
    return (around if start + CONTEXT >= len(text) else around[: max(around.rfind(" "), 0)]).strip()


def _cut(claim: Claim) -> str:
    """The sentence, at most `MAX_TEXT` characters of it, with its figure in them."""
    sentence, found = claim.sentence, claim.figure or claim.time
    middle = (found.start + found.end) // 2 if found is not None else 0
    size = sentence.end - sentence.start
    start = sentence.start + max(0, min(middle - MAX_TEXT // 2, size - MAX_TEXT))
    return claim.document.text[start : min(start + MAX_TEXT, sentence.end)]
