"""What of a text is not the article itself: furniture of the page, bylines, stamps, and what stands there twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from contradict.documents.buttons import buttons
from contradict.documents.comments import readers_comments
from contradict.documents.dates import Stamp
from contradict.documents.layout import MIN_LENGTH, Layout, Line, Span
from contradict.documents.phrases import (
    CREDIT_INSIDE,
    announces_headline,
    headline_like,
    is_name,
    line_reason,
    sentence_reason,
)
from contradict.types import LeftOut

HEAD_LINES = 4

_AGENCY_MARK = (
    r"\((?:Reuters|AP|AFP|CNN|UPI|Xinhua|TASS|Interfax|dpa|DPA|ANI|PTI|IANS|Bloomberg|BBC|NPR|CNN Business)\)"
)
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .'’/-]{1,50}(?:, [A-Z][\w. -]{1,30})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})? )?"
    rf"{_AGENCY_MARK}\s?(?:-{{1,2}}|–|—)\s?"
)
"""Place, day and agency before the first sentence: `GENEVA, May 5 (Reuters) - `."""
_BEFORE_STAMP = re.compile(
    r"(?:\bBy [A-Z][^|\n]{2,100} )?(?:\b[A-Z][A-Z .'’/,-]{1,60}(?:[A-Z][a-z]{2,8} \d{1,2} )?\| ?)$"
)
_STAFF = re.compile(
    r"\s?\((?:Additional |Further )?(?:Reporting|Writing|Editing|Compiled)\b[^()]{0,300} (?:by|in)\b[^()]{0,600}\)?"
)
MAX_BEFORE_DATELINE = 500
MAX_AFTER_STAFF = 600
"""Characters behind the note of an agency's staff, on its line, that are the page's and not the article's."""

_FRONT_MATTER = re.compile(r"---\r?\n.{0,5000}?\r?\n---(?=\r?\n|\Z)", re.S)
_IMAGE = re.compile(r"^!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)[ \t]*$", re.M)


def mark(
    text: str, layout: Layout, *, stamps: Iterable[Stamp] = (), title: str = "", markdown: bool = False
) -> tuple[LeftOut, ...]:
    """The spans of a text that no claim is read from, in order, none overlapping another."""
    found = [LeftOut(*span, "markup") for span in _markup(text)] if markdown else []
    found += [LeftOut(*_with_place(text, stamp), "stamp") for stamp in stamps]
    found += _furniture(layout, title)
    found += _agency(text, layout.lines)
    # not known to `_repeated`, which passes over lines that begin with what is left out: behind a button is text
    within = [LeftOut(*span, "navigation") for span in buttons(text)]
    if (comments := readers_comments(text)) is not None:
        within.append(LeftOut(*comments, "comments"))
    return merged([*found, *_repeated(layout, found), *within])


def _markup(text: str) -> Iterator[Span]:
    """Front matter, images, comments and code of a Markdown text."""
    front = _FRONT_MATTER.match(text)
    if front:
        yield front.span()
    yield from (image.span() for image in _IMAGE.finditer(text))
    for opening, closing in (("<!--", "-->"), ("\n```", "\n```")):
        end = 0
        while (start := text.find(opening, end)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
            end += len(closing)
            yield start, end


def _with_place(text: str, stamp: Stamp) -> Span:
    """A stamp with the byline and the place that stand before it: `By Ann Lee GENEVA | Tue May 5, 2009 ...`."""
    before = _BEFORE_STAMP.search(text, max(0, stamp.start - 180), stamp.start)
    return (before.start() if before else stamp.start, stamp.end)


def _furniture(layout: Layout, title: str) -> Iterator[LeftOut]:
    """Lines and sentences that belong to the page."""
    headline_next = False
    for number, line in enumerate(layout.lines):
        words = layout.plain[line.start : line.end]
        reason = line_reason(words)
        if not reason and headline_next and headline_like(words):
            reason = "navigation"
        if not reason and number < HEAD_LINES and title and words not in title and is_name(words):
            reason = "byline"
        headline_next = announces_headline(words)
        if reason:
            yield LeftOut(line.start, line.end, reason)
            continue
        if "(" in words or "[" in words:
            for credit in CREDIT_INSIDE.finditer(words):
                yield LeftOut(line.start + credit.start(), line.start + credit.end(), "credit")
        for start, end in line.sentences:
            why = sentence_reason(layout.plain[start:end])
            if why:
                yield LeftOut(start, end, why)


def _agency(text: str, lines: Sequence[Line]) -> Iterator[LeftOut]:
    """The dateline before the first sentences and the note of the staff behind the last, with what trails it."""
    for line in lines[:HEAD_LINES]:
        dateline = _DATELINE.search(text, line.start, min(line.end, line.start + MAX_BEFORE_DATELINE))
        if dateline:
            yield LeftOut(dateline.start(), dateline.end(), "dateline")
    for line in lines[-3:]:
        note = _STAFF.search(text, line.start, line.end)
        if note:
            yield LeftOut(note.start(), line.end if line.end - note.end() <= MAX_AFTER_STAFF else note.end(), "credit")


def _repeated(layout: Layout, known: Iterable[LeftOut]) -> Iterator[LeftOut]:
    """Lines and sentences that stand twice (the later ones), and cut ones that the next line has in full."""
    out = {left.start for left in known}
    kept = [line for line in layout.lines if line.start not in out]
    seen: set[int] = set()
    for line, following in zip_longest(kept, kept[1:]):
        if following and _is_cut(layout.plain, line, following):
            yield LeftOut(line.start, line.end, "repeated")
        else:
            yield from _seen_before(layout, line, seen)


def _is_cut(plain: str, line: Line, following: Line) -> bool:
    """Whether a line is the beginning of the next one."""
    length = line.end - line.start
    if length < MIN_LENGTH or following.end - following.start <= length:
        return False
    begin = plain[line.start : line.end].rstrip(" .…[]").lower()
    return len(begin) >= MIN_LENGTH and plain[following.start : following.start + len(begin)].lower() == begin


def _seen_before(layout: Layout, line: Line, seen: set[int]) -> Iterator[LeftOut]:
    """A line that was met before, else those of its sentences that were."""
    whole = layout.key(line.start, line.end)
    if whole and whole in seen:
        yield LeftOut(line.start, line.end, "repeated")
        return
    seen.add(whole)
    for start, end in line.sentences if len(line.sentences) > 1 else ():
        key = layout.key(start, end)
        if key and key in seen:
            yield LeftOut(start, end, "repeated")
        seen.add(key)


def merged(spans: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Spans in order, those that overlap joined under the reason of the first."""
    joined: list[LeftOut] = []
    for span in sorted(spans, key=lambda left: (left.start, -left.end)):
        if joined and span.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = LeftOut(last.start, max(last.end, span.end), last.reason)
        elif span.end > span.start:
            joined.append(span)
    return tuple(joined)


def article_text(text: str, left_out: Iterable[LeftOut]) -> str:
    """The text without what is left out, for comparing whole articles; offsets do not hold in it."""
    parts, at = [], 0
    for span in left_out:
        parts.append(text[at : span.start])
        at = span.end
    return " ".join([*parts, text[at:]])
