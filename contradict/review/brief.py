"""The brief for an editor: what the reviewers hold, in Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from contradict.report.escaping import markdown, web_link
from contradict.report.loading import Report
from contradict.report.passages import clip, lead
from contradict.report.words import date_words
from contradict.review.described import claims_of
from contradict.review.records import DISMISSED, Choice, Decision
from contradict.review.state import Present, Standing, Status
from contradict.types import Claim, Finding

_LINE, _SENTENCE = 500, 1_200
_SECTIONS = (
    (Choice.CONTRADICTION, "Contradictions"),
    (Choice.UPDATE, "Updates"),
    (Choice.UNSURE, "Unsure"),
)


def editors_brief(report: Report, final: Mapping[str, Standing], state: Present) -> str:
    """Contradictions, updates and what reviewers are unsure of, with both passages; the rest is counted.

    `final` has the decision that counts for each finding; of `state` come what each reviewer decided, with notes.
    """
    gone = state.gone
    told: dict[str, list[Decision]] = defaultdict(list)
    for (name, _), held in state.standings.items():
        told[name].append(held.decision)
    found = [(finding, final[finding.id]) for finding in report.findings if finding.id in final]
    dismissed = sum(standing.decision.decision in DISMISSED for _, standing in found)
    lines = ["# What the reviewers found", "", _counted(report, final, dismissed, gone), ""]
    for choice, title in _SECTIONS:
        chosen = [(finding, standing) for finding, standing in found if standing.decision.decision is choice]
        if chosen:
            lines += [f"## {title}", ""]
            for finding, standing in chosen:
                lines += [*_finding(finding, standing, told[finding.id]), ""]
    if gone:
        lines += ["## Decided, and not in the report any more", ""]
        lines += [f"- {_text(each.matter or each.finding)}: {_words(each)}" for each in gone if each.decision]
        lines += [""]
    return "\n".join(lines)


def _counted(report: Report, final: Mapping[str, Standing], dismissed: int, gone: Sequence[Decision]) -> str:
    counts = [f"{len(final):,} of {len(report.findings):,} findings decided, {dismissed:,} of them dismissed"]
    if gone:
        counts.append(f"{len(gone):,} decisions on findings that are not in the report any more")
    return "; ".join(counts) + "."


def _finding(finding: Finding, standing: Standing, told: Sequence[Decision]) -> Iterator[str]:
    decision = standing.decision
    yield f"### {_text(finding.matter or finding.id)}"
    yield ""
    if standing.status is Status.CHANGED:
        yield "**Its text has changed since it was decided.**"
        yield ""
    first = lead(finding)
    reason = first.reason if first is not None else finding.check.reason if finding.check is not None else ""
    if reason:
        yield _text(reason)
        yield ""
    claims = claims_of(finding)
    for claim in claims[:2]:
        yield from _passage(claim, trusted=claim.statement == decision.trusted)
    yield from _others(claims[2:], trusted=decision.trusted)
    if decision.settles:
        yield f"- Settled: {_words(decision)}"
    for each in told:
        if each.decision is not None or each.note:
            yield f"- Decided: {_words(each)}"


def _passage(claim: Claim, *, trusted: bool) -> Iterator[str]:
    document = claim.document
    source = _text(document.source or document.path)
    link = web_link(document.url)
    named = f"{source} (<{link}>)" if link and "<" not in link else source
    speaker = f", {_text(claim.speaker.name)}" if claim.speaker is not None else ""
    held = " **(trusted)**" if trusted else ""
    yield f"- {named}, {date_words(document.date)}{speaker}{held}:"
    yield f"  > {_text(claim.sentence.text, _SENTENCE)}"


def _others(claims: Sequence[Claim], *, trusted: str | None) -> Iterator[str]:
    """The further statements of the finding in one line; the trusted one in full, wherever it stands."""
    for claim in claims:
        if claim.statement == trusted:
            yield from _passage(claim, trusted=True)
    rest: Iterable[Claim] = [claim for claim in claims if claim.statement != trusted]
    told = [f"{_text(claim.document.source or claim.document.path)}: {_text(claim.said, 80)}" for claim in rest]
    if told:
        yield f"- Further: {'; '.join(told)}"


def _words(decision: Decision) -> str:
    what = decision.decision.value if decision.decision is not None else "nothing"
    said = {"unrelated": "not the same matter"}.get(what, what)
    note = f": {_text(decision.note)}" if decision.note else ""
    return f"{said}, by {_text(decision.reviewer)}, {decision.at[:10]}{note}"


def _text(text: str, length: int = _LINE) -> str:
    return markdown(clip(" ".join(text.split()), length))
