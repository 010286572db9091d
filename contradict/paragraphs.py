"""Texts to paragraphs: the line breaks that end a sentence, told from those that only end a line.

A blank line ends a paragraph, and so does the end of a line where lines are paragraphs, headlines or list items. Where
prose is hard-wrapped, or a link or a tag has torn a sentence apart, the break is mere white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contradict.abbreviations import ACRONYM, FUNCTION_WORDS, NEVER, TITLES, WEAK

__all__ = ["QUOTES", "Span", "paragraphs", "trimmed", "wrap_width"]

Span = tuple[int, int]
QUOTES = frozenset("\"”’'»“")

_MAX_WRAP = 140  # characters; no hard-wrapped prose is wider, longer lines are paragraphs
_MIN_WRAP = 35  # characters; narrower columns are lists and menus
_SHORT_LINE = 25  # characters; a line this short is a label or an item of a list

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"(?>\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])\s*?[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TERMINATED = re.compile(r"[.!?…:;。！？؟۔।](?:\s?[\"'”’»)\]\u200b])*\s*$")
_BULLET = re.compile(r"[•●▪■◦‣⁃∙⦁·*▶►]\s*\S|\\\*|#{1,6}\s|\|")
_LINK = re.compile(r"\w{2,12}://|www\.")
_DASH = re.compile(r"[-–—]{1,2}\s+")
_NUMBER_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4})[.)]\s")


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line that holds more than white space, and whether a blank line stands before it."""
    last = start
    for match in _LINE.finditer(text, start, end):
        first, stop = trimmed(text, match.start(), match.end())
        if first < stop:
            yield first, stop, _BLANK.search(text, last, first) is not None
            last = stop


def wrap_width(text: str) -> int:
    """The column at which the prose of the text is hard-wrapped; 0 where lines are paragraphs.

    Read from the breaks that must fall inside a sentence (no stop before, a small letter after): in wrapped prose the
    lines before them are all nearly as long as the longest.
    """
    lengths: list[int] = [0] * (_MAX_WRAP + 1)
    before = (0, 0)
    for start, end, blank in _lines(text, 0, len(text)):
        length = before[1] - before[0]
        if not blank and _MIN_WRAP <= length <= _MAX_WRAP and text[start].islower() and not _terminated(text, *before):
            lengths[length] += 1
        before = start, end
    total = sum(lengths)
    width = max((length for length, count in enumerate(lengths) if count), default=0)
    return width if total >= 2 and sum(lengths[width * 3 // 4 :]) >= 0.8 * total else 0


def paragraphs(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Stretches in which every line break is mere white space."""
    first = last = -1
    before = (0, 0)
    for line_start, line_end, blank in _lines(text, start, end):
        if first >= 0 and not _joins(text, before, (line_start, line_end), blank=blank, width=width):
            yield first, last
            first = -1
        first = line_start if first < 0 else first
        last = line_end
        before = line_start, line_end
    if first >= 0:
        yield first, last


def _joins(text: str, before: Span, after: Span, *, blank: bool, width: int) -> bool:
    """Whether the break between two lines is mere white space, so that only a full stop can end the sentence there."""
    terminated = _terminated(text, *before)
    head, length = text[after[0]], before[1] - before[0]
    if _BULLET.match(text, *after):
        return False
    runs_on = not terminated and (text[before[1] - 1] in ",-–" or _last_word(text, *before) in FUNCTION_WORDS)
    if blank:
        return head.islower() and runs_on
    following = text.find(" ", after[0], min(after[1], after[0] + _MAX_WRAP))
    word = (following if following > 0 else after[1]) - after[0]
    full = 0 < width < length + 1 + word and length <= _MAX_WRAP
    if _NUMBER_MARK.match(text, *after) and (terminated or not full):
        return False
    if dash := _DASH.match(text, *after):
        return full and not terminated and text[dash.end()].islower()
    if full or head in ",;)%":
        return True
    if terminated:
        return _abbreviated(text, *before, lower=head.islower()) or (head.islower() and text[before[1] - 1] in QUOTES)
    if head.islower():
        return (length > _SHORT_LINE or runs_on) and not _LINK.match(text, *after)
    return runs_on and length > _MIN_WRAP


def _terminated(text: str, start: int, end: int) -> bool:
    return _TERMINATED.search(text, max(start, end - 12), end) is not None


def _abbreviated(text: str, start: int, end: int, *, lower: bool) -> bool:
    """Whether the stop at the end of a line marks an abbreviation, by what follows it: a small letter, or a name."""
    word = _last_word(text, start, end - 1) if text[end - 1] == "." else ""
    return word in TITLES or (lower and (word in NEVER or word in WEAK or ACRONYM.fullmatch(word) is not None))


def _last_word(text: str, start: int, end: int) -> str:
    return text[max(start, end - _MAX_WRAP) : end].rpartition(" ")[2].lower()


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
