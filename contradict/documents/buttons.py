"""The buttons and labels of a page that run into the sentences of its text.

Between the captions of a picture gallery: "A boat lies on a roof. Hide Caption 5 of 21 Photos: The storm – Two men
carry a door."; around videos, above highlights and advertisements, between readers' comments. Without them the
captions are sentences, and sentences begin and end where they should; one that has a button in its midst is two. Of
37,554 articles of many outlets one in twenty-five has a video's and one in sixteen an advertisement's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CAPTION = re.compile(r"\b(?:Hide|Show|Toggle|View) Caption (\d{1,4}) of (\d{1,4})\b\s*")
MIN_CAPTIONS = 3
"""Captions behind a button, of one gallery, from which what they all begin with is its title."""
MIN_TITLE = 3
"""Words of a title without a colon."""
MAX_TITLE = 250
"""Characters of a title at most, as often as it is repeated."""
POSTED_BY = r"Posted by:? [^|\n]{1,60} \| "
_OTHERS = (
    ("JUST WATCHED", re.compile(r"JUST WATCHED .{3,160}? Replay More Videos \.\.\.\s*")),
    ("MUST WATCH", re.compile(r"MUST WATCH .{3,160}? \d{1,2}:\d\d\b\s*")),
    ("Story highlights", re.compile(r"Story highlights\s+(?=[A-Z\"“])")),
    ("Story Continued Below", re.compile(r"Story Continued Below\s*")),
    (
        "Posted by",
        re.compile(rf"{POSTED_BY}[A-Z][a-z]{{2,8}} \d{{1,2}}, \d{{4}} \d{{1,2}}:\d\d [AP]M(?: \| Report abuse)?\s*"),
    ),
)
"""What stands in every one of a kind, looked for first, and its pattern."""


def buttons(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the buttons and labels, in no order."""
    for mark, pattern in _OTHERS:
        if mark in text:
            yield from (found.span() for found in pattern.finditer(text))
    if " Caption " in text:
        yield from _gallery(text)


def _gallery(text: str) -> Iterator[tuple[int, int]]:
    """The buttons of galleries, each with the title of its gallery that the next caption begins with."""
    galleries: list[list[re.Match[str]]] = []
    for button in _CAPTION.finditer(text):
        if not galleries or button[2] != galleries[-1][-1][2] or int(button[1]) <= int(galleries[-1][-1][1]):
            galleries.append([])
        galleries[-1].append(button)
    for *inner, last in galleries:
        title = _title([text[button.end() : button.end() + MAX_TITLE] for button in inner])
        yield from ((button.start(), button.end() + len(title)) for button in inner)
        yield last.span()


def _title(captions: Sequence[str]) -> str:
    """The words that all captions begin with, up to the beginning of the next word: none of few captions, and none that
    are no more than the first words of sentences may be.
    """
    if len(captions) < MIN_CAPTIONS:
        return ""
    first, last = min(captions), max(captions)
    alike = next((at for at, (x, y) in enumerate(zip(first, last, strict=False)) if x != y), min(len(first), len(last)))
    title = first[: first.rfind(" ", 0, alike) + 1]
    return title if ":" in title or len(title.split()) >= MIN_TITLE else ""
