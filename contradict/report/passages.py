"""What of an article is shown with a finding: the sentence, the compared words in it, and some text around it.

Everything is cut to a stated length, since a sentence may be a whole file that has no full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from contradict.types import Claim, Finding, Verdict

_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]{0,3}\s|\n")
_WORD = re.compile(r"\w+(?:[.,'\u2019-]\w+)*%?")
_ALIKE = 0.35  # the share of words in common below which two sentences are worded apart, and marks would be noise
_MOST_WORDS = 400
_LEAD = 0.5  # the share of the room that goes to the text before the compared words when a sentence is cut


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as shown: `text`, how many characters were cut off on each side, and the text around the sentence."""

    text: str
    cut_before: int
    cut_after: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage in three parts; `mark` holds the compared words and is empty where the whole sentence is compared."""

    before: str
    mark: str
    after: str


def passage(claim: Claim, *, length: int, context: int) -> Passage:
    """The sentence of a claim, at most `length` characters, and up to `context` characters of text on each side."""
    sentence, text = claim.sentence, claim.document.text
    start, end = window(claim, length=length)
    before, after = "", ""
    if context:
        before = _tail(text[max(0, sentence.start - context) : sentence.start], whole=sentence.start <= context)
        after = _head(text[sentence.end : sentence.end + context], whole=sentence.end + context >= len(text))
    return Passage(
        text=text[start:end],
        cut_before=start - sentence.start,
        cut_after=sentence.end - end,
        before=before,
        after=after,
    )


def window(claim: Claim, *, length: int) -> tuple[int, int]:
    """The span of the document's text that is shown for a claim: the sentence, or the part around its figure."""
    sentence = claim.sentence
    if sentence.end - sentence.start <= length:
        return sentence.start, sentence.end
    first, _ = mark(claim)
    start = sentence.start + max(0, min(first - int(length * _LEAD), sentence.end - sentence.start - length))
    return start, start + length


def mark(claim: Claim) -> tuple[int, int]:
    """Where the compared words stand in the sentence; an empty span where all of it is compared."""
    found = claim.figure or claim.time
    if found is None:
        return 0, 0
    size = claim.sentence.end - claim.sentence.start
    start = max(0, min(found.start, size))
    return start, max(start, min(found.end, size))


def marked(claim: Claim, *, length: int) -> Marked:
    """The sentence in three parts, cut to `length` with an ellipsis where it is cut."""
    start, end = window(claim, length=length)
    text, sentence = claim.document.text, claim.sentence
    first, last = (max(start, min(sentence.start + offset, end)) for offset in mark(claim))
    return Marked(
        before=("\u2026" if start > sentence.start else "") + text[start:first],
        mark=text[first:last],
        after=text[last:end] + ("\u2026" if end < sentence.end else ""),
    )


def clip(text: str, length: int) -> str:
    """The text, cut to `length` characters with an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}\u2026"


def lead(finding: Finding) -> Verdict | None:
    """The pair that stands for the finding: the surest among those with its relation, the first of equals."""
    same = [verdict for verdict in finding.verdicts if verdict.relation is finding.relation]
    return max(same or finding.verdicts, key=lambda verdict: verdict.score, default=None)


def reason_of(finding: Finding) -> str:
    """Why a finding is listed: the reason of the pair that stands for it, or of its calculation."""
    first = lead(finding)
    return first.reason if first is not None else finding.check.reason if finding.check is not None else ""


def differences(one: str, other: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]] | None:
    """The spans of each text whose words the other has not in their place; neighbouring words are one span.

    None where the two have so little in common that nearly everything would be marked. The page does the same.
    """
    words = [[match.span() for match in islice(_WORD.finditer(text), _MOST_WORDS)] for text in (one, other)]
    forms = [
        [text[start:end].casefold() for start, end in spans] for text, spans in zip((one, other), words, strict=True)
    ]
    matcher = SequenceMatcher(None, forms[0], forms[1], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        [(words[0][first][0], words[0][last - 1][1]) for _, first, last, _, _ in changed if last > first],
        [(words[1][first][0], words[1][last - 1][1]) for _, _, _, first, last in changed if last > first],
    )


def _tail(text: str, *, whole: bool) -> str:
    """The end of a text, from the first sentence that begins in it, else from the first word."""
    if whole:
        return " ".join(text.split())
    boundary = _SENTENCE_END.search(text)
    start = boundary.end() if boundary and boundary.end() < len(text.rstrip()) else text.find(" ") + 1
    return " ".join(("\u2026 " + text[start:]).split())


def _head(text: str, *, whole: bool) -> str:
    """The beginning of a text, up to the last sentence that ends in it, else to the last word."""
    if whole:
        return " ".join(text.split())
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if text[: match.end()].strip()]
    if ends:
        return " ".join((text[: ends[-1]] + " \u2026").split())
    cut = text.rfind(" ")
    return " ".join((text[: cut if cut > 0 else len(text)] + " \u2026").split())
