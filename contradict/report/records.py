"""The records of the data files and of the commands, exactly as the contract names their fields."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from contradict.report.passages import lead
from contradict.types import (
    Check,
    Claim,
    Document,
    Figure,
    Finding,
    Inference,
    Kind,
    Relation,
    Statement,
    TimeMention,
    TimeSpan,
    Verdict,
)

PLACES = 6  # of a probability: more would print the noise of the machine it was computed on

Record = dict[str, Any]


def figure_record(figure: Figure) -> Record:
    """A figure as `contradict figures` prints it: offsets in the sentence, values as decimal strings."""
    return {
        "start": figure.start,
        "end": figure.end,
        "surface": figure.surface,
        "value": _plain(figure.value),
        "low": _plain(figure.low),
        "high": _plain(figure.high),
        "hedge": figure.hedge.value,
        "change": figure.change.value if figure.change is not None else None,
        "unit": figure.unit,
        "counted": figure.counted,
        "of": figure.of,
        "per": figure.per,
        "role": figure.role.value,
        "as_of": _iso(figure.as_of),
    }


def pair_record(verdict: Verdict, finding_id: str | None) -> Record:
    """A judged pair as a line of `pairs.jsonl`."""
    return {
        "id": verdict.id,
        "finding": finding_id,
        "relation": verdict.relation.value,
        "kind": verdict.kind.value,
        "score": round(verdict.score, PLACES),
        "reason": verdict.reason,
        "matter": verdict.matter,
        "same_speaker": verdict.same_speaker,
        "same_source": verdict.same_source,
        "a": _side(verdict.pair.a),
        "b": _side(verdict.pair.b),
        "probabilities": _probabilities(verdict),
    }


def finding_record(finding: Finding) -> Record:
    """A finding as a line of `findings.jsonl`; its pairs by their ids."""
    return {
        "id": finding.id,
        "matter": finding.matter,
        "relation": finding.relation.value,
        "score": round(finding.score, PLACES),
        "pairs": [verdict.id for verdict in finding.verdicts],
        "timeline": [_statement(statement) for statement in finding.timeline],
        "kind": kind_of(finding),
        "check": _check(finding.check) if finding.check is not None else None,
    }


def kind_of(finding: Finding) -> str:
    """On what the pair that stands for the finding differs, or which calculation it is."""
    if finding.check is not None:
        return finding.check.kind.value
    first = lead(finding)
    return first.kind.value if first is not None else Kind.NONE.value


def _check(check: Check) -> Record:
    """A calculation: each figure with its part in it, what the last of them states, what the others come to."""
    return {
        "kind": check.kind.value,
        "holds": check.holds,
        "reason": check.reason,
        "terms": [{"role": term.role.value, **_side(term.claim)} for term in check.terms],
        "stated": {"low": _plain(check.stated.low), "high": _plain(check.stated.high)},
        "expected": {"low": _plain(check.expected.low), "high": _plain(check.expected.high)},
    }


def document_record(document: Document) -> Record:
    """An article as a line of `documents.jsonl`; the offsets of the pairs are in its `text`."""
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "source": document.source,
        "date": _iso(document.date),
        "url": document.url,
        "version_of": document.version_of,
        "text": document.text,
    }


def judgement_record(row_id: str, verdict: Verdict) -> Record:
    """A line of `contradict judge`: the verdict on a given pair, under the id that the pair was given with.

    A verdict has the earlier claim first; here each side's figure stands under the side that the pair was given with,
    whose document is called after it. `inference` is there where the entailment judge was asked and no figures answer,
    or only the same ones: what it says of b with a as the premise, and of a with b as the premise.
    """
    a, b = sorted((verdict.pair.a, verdict.pair.b), key=lambda claim: claim.document.id == f"{row_id}/b")
    return {
        "id": row_id,
        "relation": verdict.relation.value,
        "probabilities": _probabilities(verdict),
        "kind": verdict.kind.value,
        "figure_a": _figure(a),
        "figure_b": _figure(b),
        "reason": verdict.reason,
        **_inference(verdict),
    }


def _inference(verdict: Verdict) -> Record:
    if verdict.inference is None:
        return {}
    a_to_b, b_to_a = verdict.inference
    return {"inference": {"a_to_b": inference_record(a_to_b), "b_to_a": inference_record(b_to_a)}}


def inference_record(answers: Sequence[float]) -> Record:
    """An entailment judge's probabilities by their names."""
    return {each.name.lower(): round(answers[each], PLACES) for each in Inference}


def _probabilities(verdict: Verdict) -> Record:
    return {relation.value: round(getattr(verdict.probabilities, relation.value), PLACES) for relation in Relation}


@lru_cache(maxsize=8192)  # the pairs of a finding share their claims; a record is read and never changed
def _side(claim: Claim) -> Record:
    document, sentence = claim.document, claim.sentence
    return {
        "document": document.id,
        "path": document.path,
        "title": document.title,
        "source": document.source,
        "date": _iso(document.date),
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "figure": _figure(claim),
        "speaker": claim.speaker.name if claim.speaker is not None else None,
        "as_of": _iso(claim.as_of),
        "statement": claim.statement,
        "time": _time(claim.time),
    }


def _time(mention: TimeMention | None) -> Record | None:
    """The date that a claim of kind `date` states: offsets in the sentence."""
    if mention is None:
        return None
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "span": _iso(mention.span),
        "anchor": mention.anchor.value,
    }


def _statement(statement: Statement) -> Record:
    return {
        "date": _iso(statement.date),
        "low": _plain(statement.low),
        "high": _plain(statement.high),
        "source": statement.source,
        "document": statement.document,
        "said": statement.said,
        "speaker": statement.speaker,
        "group": statement.group,
        "alone": statement.alone,
    }


def _figure(claim: Claim) -> Record | None:
    return figure_record(claim.figure) if claim.figure is not None else None


def _iso(span: TimeSpan | None) -> str | None:
    return str(span) if span is not None else None


def _plain(value: Decimal | None) -> str | None:
    """The number without exponent and without idle zeros, so that equal values are equal strings."""
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
