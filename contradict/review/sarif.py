"""SARIF 2.1.0 (OASIS) of the findings, with those that were dismissed as suppressed results."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import contradict
from contradict.report.escaping import json_page
from contradict.report.loading import Report
from contradict.report.passages import lead
from contradict.report.records import PLACES, Record
from contradict.review.described import claims_of
from contradict.review.records import ACCEPTED, DISMISSED
from contradict.review.state import Standing, Status
from contradict.types import Claim, Finding, Relation, digest

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULES = {
    Relation.CONTRADICTION: "Two statements about one matter cannot both hold.",
    Relation.UPDATE: "A later statement replaces an earlier one.",
    Relation.AGREEMENT: "Two statements about one matter agree.",
    Relation.UNRELATED: "Two statements are about different matters.",
}
_LEVELS = {Relation.CONTRADICTION: "warning", Relation.UPDATE: "note"}
_KINDS = {Relation.AGREEMENT: "pass", Relation.UNRELATED: "notApplicable"}


def sarif_log(report: Report, final: Mapping[str, Standing]) -> str:
    """The findings as results of one run; how grave each is, by the reviewers where they decided, else by the tool."""
    rules = [
        {"id": relation.value, "shortDescription": {"text": words}, "defaultConfiguration": {"level": _level(relation)}}
        for relation, words in _RULES.items()
    ]
    driver = {"name": "contradict", "semanticVersion": contradict.__version__, "rules": rules}
    results = [_result(finding, final.get(finding.id)) for finding in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_page({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _result(finding: Finding, standing: Standing | None) -> Record:
    relation = finding.relation  # the tool's, whatever was decided: the rule is part of a result's identity
    claims = claims_of(finding)
    first = lead(finding)
    reason = first.reason if first is not None else finding.check.reason if finding.check is not None else ""
    sides = sorted(claim.statement for claim in claims[:2])
    record: Record = {
        "ruleId": relation.value,
        "ruleIndex": list(_RULES).index(relation),
        "kind": _KINDS.get(relation, "fail"),
        "level": _level(_decided(finding, standing)),
        "message": {"text": f"{finding.matter}: {reason}" if finding.matter and reason else reason or finding.matter},
        "locations": [_location(claim) for claim in claims[:1]],
        "relatedLocations": [
            _location(claim) | {"id": number, "message": {"text": claim.document.source or claim.document.path}}
            for number, claim in enumerate(claims[1:], start=1)
        ],
        # The first is the same as long as the statements are, the second also where others have joined them.
        "partialFingerprints": {"finding/v1": finding.id, "statements/v1": digest(*sides) if sides else finding.id},
        "properties": {"score": round(finding.score, PLACES)},
    }
    if standing is None:
        return record
    decision = standing.decision
    if decision.decision in DISMISSED and standing.status is not Status.CHANGED:
        justification = decision.note or _RULES[Relation(decision.decision.value)]
        record["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
    record["properties"] |= {"decision": decision.decision, "reviewer": decision.reviewer, "note": decision.note}
    return record


def _decided(finding: Finding, standing: Standing | None) -> Relation:
    """The relation by the reviewers where they hold it to be a finding, else the tool's."""
    choice = standing.decision.decision if standing is not None else None
    return Relation(choice.value) if choice is not None and choice in ACCEPTED else finding.relation


def _level(relation: Relation) -> str:
    return _LEVELS.get(relation, "none")


def _location(claim: Claim) -> Record:
    document, sentence = claim.document, claim.sentence
    region = {
        "charOffset": sentence.start,
        "charLength": sentence.end - sentence.start,
        "snippet": {"text": sentence.text},
    }
    return {
        "physicalLocation": {"artifactLocation": {"uri": quote(document.path or document.id)}, "region": region},
        "logicalLocations": [{"fullyQualifiedName": document.id, "kind": "article"}],
    }
