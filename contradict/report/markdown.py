"""Findings as a brief for an editor, in Markdown that any reader of it renders alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contradict.report.escaping import markdown, web_link
from contradict.report.passages import clip, lead, marked, reason_of
from contradict.report.words import count_words, date_words
from contradict.types import Check, Claim, Finding, Statement

_MATTER, _REASON, _NAME, _TITLE, _SENTENCE, _SAID, _LINES = 200, 1000, 160, 300, 1000, 80, 40


def findings_markdown(findings: Iterable[Finding]) -> str:
    """One section for each finding: relation, reason, both passages with the compared words in bold, the timeline."""
    sections = [_section(finding, number) for number, finding in enumerate(findings, start=1)]
    return "\n".join(["# Where the articles disagree", "", *(sections or ["Nothing was found.", ""])])


def _section(finding: Finding, number: int) -> str:
    first = lead(finding)
    lines = [f"## {number}. {_text(finding.matter, _MATTER)}", ""]
    notes = [f"**{finding.relation.value.capitalize()}**", f"score {finding.score:.2f}"]
    if first is not None:
        notes += ["same speaker"] * (first.same_speaker is True) + ["same outlet"] * first.same_source
    notes.append(f"finding `{_text(finding.id, _NAME)}`")
    lines += [", ".join(notes), ""]
    if reason_of(finding):
        lines += [_text(reason_of(finding), _REASON), ""]
    claims = (first.pair.a, first.pair.b) if first else _of_each_sentence(finding.check) if finding.check else ()
    for claim in claims:
        lines += _quote(claim)
    others = len(finding.verdicts) - 1
    if others > 0:
        lines += [f"{count_words(others, 'other pair')} on this matter.", ""]
    if finding.check is None and (len(finding.timeline) > 2 or not claims):
        lines += _table(finding.timeline)
    return "\n".join(lines)


def _of_each_sentence(check: Check) -> Sequence[Claim]:
    """The claims of a calculation, of several in one sentence the last: the figure that is held to the others."""
    last = {(claim.document.id, claim.sentence.start): claim for claim in check.claims}
    return list(last.values())[:_LINES]


def _quote(claim: Claim) -> Iterator[str]:
    parts, document = marked(claim, length=_SENTENCE), claim.document
    bold = f"**{markdown(parts.mark)}**" if parts.mark.strip() else ""
    yield f"> {_joined(parts.before, before=True)}{bold}{_joined(parts.after, before=False)}"
    yield ">"
    source = [_text(document.source or document.path, _NAME), date_words(document.date)]
    title, link = _text(document.title, _TITLE), web_link(document.url)
    if link:
        source.append(f"[{title or 'article'}](<{link}>)")
    elif title:
        source.append(title)
    if claim.speaker is not None:
        source.append(f"said by {_text(claim.speaker.name, _NAME)}")
    yield f"> {', '.join(source)}"
    yield ""


def _joined(text: str, *, before: bool) -> str:
    """The text beside the marked words, with the one space that white space between them comes to."""
    plain = markdown(text)
    if before:
        return plain + (" " if plain and text[-1:].isspace() else "")
    return (" " if plain and text[:1].isspace() else "") + plain


def _table(timeline: Sequence[Statement]) -> list[str]:
    lines = ["| date | said | outlet | speaker | agrees |", "| --- | --- | --- | --- | --- |"]
    for line in timeline[:_LINES]:
        cells = (_text(line.said, _SAID), _text(line.source, _NAME), _text(line.speaker or "", _NAME), _standing(line))
        lines.append(f"| {date_words(line.date)} | {' | '.join(cells)} |")
    if len(timeline) > _LINES:
        lines += ["", f"{count_words(len(timeline) - _LINES, 'further statement')} in findings.jsonl."]
    return [*lines, ""]


def _standing(line: Statement) -> str:
    """The number of the group of statements that agree, and whether this one stands alone against the others."""
    group = f"group {line.group}" if line.group is not None else ""
    return f"**alone** ({group})" if line.alone else group


def _text(text: str, length: int) -> str:
    return markdown(clip(text, length))
