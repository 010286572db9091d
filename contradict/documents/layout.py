"""The lines and rough sentences of a text, and the keys by which equal ones are found.

These sentences only serve to find what stands twice; the ones that claims are read from are made elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]

MIN_WORDS, MIN_LENGTH = 4, 20
"""Words and characters of a sentence that count as standing twice; "Yes." and "What happened?" may recur."""

LOOKALIKES = (("’‘ʼ", "'"), ("“”", '"'), ("\xa0\u202f", " "), ("–—", "-"))
"""One character for each family of lookalikes; offsets stay the same."""

_LINE = re.compile(r"[^\s][^\r\n\x85\u2028\u2029]*")
_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s+(?=[\"'“‘«(\[]{0,3}[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|St|Jr|Sr|No|Inc|Ltd|Co|Corp|vs|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)
_EDGES = " .,:;!?…\"'()[]*-•>"


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line stands, and its rough sentences: cut behind a stop where a capital or a digit follows."""

    start: int
    end: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with its lookalikes made one (`plain`, offsets as in the text), and its lines."""

    plain: str
    lines: tuple[Line, ...]
    _keys: dict[Span, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The keys made so far: what stands twice in the article is looked for first, what in many articles afterwards."""

    def key(self, start: int, end: int) -> int:
        """A number equal for passages of the same words, whatever their case, spacing and last mark; 0 if too short."""
        if end - start < MIN_LENGTH:
            return 0
        key = self._keys.get((start, end))
        if key is None:
            key = self._keys[start, end] = _key(self.plain[start:end])
        return key


def _key(passage: str) -> int:
    words = passage.lower().split()
    if len(words) < MIN_WORDS:
        return 0
    bare = " ".join(words).strip(_EDGES).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(bare, digest_size=8).digest())


def layout_of(text: str) -> Layout:
    """The lines of a text that hold anything, without the space around them."""
    plain = text
    for family, one in LOOKALIKES if not text.isascii() else ():
        for other in family:
            plain = plain.replace(other, one)
    lines = []
    for found in _LINE.finditer(plain):
        start, end = found.start(), found.start() + len(found[0].rstrip())
        lines.append(Line(start, end, tuple(_sentences(plain, start, end))))
    return Layout(plain, tuple(lines))


def _sentences(plain: str, begin: int, end: int) -> Iterator[Span]:
    for found in _STOP.finditer(plain, begin, end):
        stop = found.start()
        if found[0][0] == "." and _ABBREVIATION.search(plain, max(begin, stop - 6), stop + 1):
            continue
        yield begin, stop + len(found[0].rstrip())
        begin = found.end()
    if begin < end:
        yield begin, end
