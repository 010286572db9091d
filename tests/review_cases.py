"""Made-up reports for the tests of reviewing: small findings whose articles can be edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import combinations

from test_report_scans import article, claim, scan, verdict

from contradict.report import Report, report_of
from contradict.review import Choice, Decision, Desk, read_change
from contradict.review.described import described
from contradict.types import (
    Check,
    CheckKind,
    Claim,
    Finding,
    Interval,
    Relation,
    Scan,
    Statement,
    Term,
    TermRole,
    digest,
)

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
BOATS: Mapping[str, tuple[str, str]] = {
    "post": ("The storm sank 31 boats in the harbour of Lund on Friday night.", "31"),
    "echo": ("In Lund the Friday storm sank 64 boats, the harbour master said.", "64"),
}
ROOFS: Mapping[str, tuple[str, str]] = {
    "bugle": ("It tore the roofs off 12 houses in the old town, said the mayor.", "12"),
    "globe": ("In the old town 20 houses lost their roofs in the night.", "20"),
}


def stated(name: str, sentence: str, surface: str, *, before: str = "Rain fell.", id: str = "") -> Claim:
    """A claim of a sentence in an article that says a little more; `id` where the article has another one."""
    text = f"{before} {sentence} The rest of the night was calm."
    document = article(id or name, text, source=f"The {name.title()}")
    return claim(document, sentence, surface, low=surface, high=surface)


def found(*claims: Claim, relation: Relation = Relation.CONTRADICTION, score: float = 0.9) -> Finding:
    """A finding of these statements, its id made from them as the product makes it; the first two stand for it."""
    pairs = [
        verdict(a, b, relation, score=score - number / 100, matter="Boats lost", reason=f"{a.said} or {b.said}")
        for number, (a, b) in enumerate(combinations(claims, 2))
    ]
    by_key = {each.key: each for each in claims}
    return Finding(
        id=digest(*sorted(by_key)),
        matter="Boats lost",
        relation=relation,
        score=pairs[0].score,
        verdicts=tuple(pairs),
        timeline=tuple(
            Statement(each.document.date, each.stated.low, each.stated.high, each.said, None, each.document.source,
                      each.document.id)
            for each in claims
        ),
    )  # fmt: skip


def two(cases: Mapping[str, tuple[str, str]] = BOATS, **changes: object) -> Finding:
    return found(*(stated(name, *case, **changes) for name, case in cases.items()))  # type: ignore[arg-type]


def reported(*findings: Finding) -> Report:
    return report_of(scanned(*findings))


def scanned(*findings: Finding) -> Scan:
    return scan(*findings)


def decided(
    finding: Finding, report: Report, choice: str | None, *, reviewer: str = "Kari", minute: int = 0, **fields: object
) -> Decision:
    """A decision as the application would record it."""
    made = Choice(choice) if choice is not None else None
    values = {**described(finding, report), "decision": made, **fields}
    at = f"2024-03-05T12:{minute:02}:00.000000Z"
    return Decision(id=f"{reviewer}-{minute}", at=at, reviewer=reviewer, finding=finding.id, **values)


def decide(desk: Desk, finding: str, reviewer: str = "Kari", **fields: object) -> Decision:
    return desk.decide(read_change({"finding": finding, **fields}), reviewer)


def summed() -> Finding:
    """A calculation that does not hold: two parts and a whole that is not their sum. It has no pairs."""
    text = "The fire took 12 barns, 7 of them in Hasle and 9 in Vik."
    claims = [stated("post", text, surface) for surface in ("7", "9", "12")]
    whole = claims[0].document
    claims = [replace(each, sentence=replace(each.sentence, document=whole)) for each in claims]
    parts = tuple(Term(TermRole.PART, each) for each in claims[:2])
    check = Check(
        kind=CheckKind.SUM,
        terms=(*parts, Term(TermRole.WHOLE, claims[2])),
        expected=Interval(Decimal(16), Decimal(16)),
        stated=Interval(Decimal(12), Decimal(12)),
        holds=False,
        reason="7 and 9 come to 16, and not to 12.",
        matter="Barns",
    )
    timeline = tuple(
        Statement(
            each.document.date, each.stated.low, each.stated.high, each.said, None, each.document.source, whole.id
        )
        for each in claims
    )
    return Finding(check.id, "Barns", Relation.CONTRADICTION, 0.9, (), timeline, check)
