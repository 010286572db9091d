"""Lists of figures in a sentence: "seven in Spain, two in France and one in Malta"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from contradict.arithmetic.rows import Row
from contradict.lexicon import EVENT_OF
from contradict.types import Claim

REACH = 90  # characters between two figures of a list, or between a whole and its list
MAX_PARTS = 20
_MOST_LEAD = 4

_SEPARATOR = re.compile(r"[,;]? ?\b(?:and|plus|as well as|along with)\b ?|[,;] ?|^& ?")
_STOP = re.compile(
    r"\b(?:whom|which|them|those|includ\w+|compared|against|versus|than|bringing|brings?|taking|takes|up|down|rose|"
    r"rising|fell|while|whereas|but|to|after|since|per|about half|average|aged?|each|until|through|between|over|again|"
    r"later|earlier|previous\w*|last|then|every|because|if|when|before|total|least)\b"
    r"|(?:^| )-(?: |$)|[.:?!\"“”()—–…]|--",
    re.IGNORECASE,
)
_NO_LEAD = re.compile(r"\b(?:out|of|from|by|with)$", re.IGNORECASE)
_OF_WHOM = re.compile(r"^of (?:whom|them|which) ")
_CLAUSE_END = re.compile(r"[.;:()—–…]|(?:^| )-(?: |$)|--")
_ONE = re.compile(r"^(?:one|another)\b", re.IGNORECASE)
_SOME = re.compile(
    r"^(?:an?(?! (?:combined |grand )?total)|several|some|others?|many|his|her|their|the|unknown|possibly|dozens)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of a list with the words right before and right after it that are its own."""

    claim: Claim
    lead: str
    tail: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Figures `first` to `last` of a row as a list.

    `ones` are its items that say "one" where no figure is read, `more` tells of items without any number. `ends` is the
    mark that ends its clause, empty at the end of the sentence, None where words of another sort or figures follow.
    """

    items: tuple[Part, ...]
    first: int
    last: int
    ones: int
    more: bool
    ends: str | None


@lru_cache(maxsize=1024)  # the sums of an article ask, and then what is compared across articles
def read_lists(row: Row) -> tuple[Parts, ...]:
    """The lists of a row, as long as they go: figures of one unit parted by commas and "and", each with few words.

    The first figure may be the whole of the others ("20 people, 8 men and 12 women"), so these are a list, too.
    """
    return tuple(_lists(row))


def _lists(row: Row) -> Iterator[Parts]:
    at = 0
    while at < len(row.claims):
        parts = _list_from(row, at)
        if len(parts.items) + parts.ones > 1 and not row.before(at).endswith("total of"):
            yield parts
        if len(parts.items) + parts.ones > 2 and len(parts.items) > 1:
            yield replace(parts, items=parts.items[1:], first=at + 1)
        at = parts.last + 1


def _list_from(row: Row, first: int) -> Parts:
    lead = re.split(r"[,;:()—–]|(?:^| )-(?: |$)|--", row.before(first))[-1].strip()
    items: list[Part] = []
    ones, more, at = 0, False, first
    style = ""
    while at + 1 < len(row.claims) and len(items) < MAX_PARTS and row.alike(first, at + 1):
        pieces = _pieces(row.after(at))
        parted = ";" if ";" in row.after(at) else ","
        if pieces is None or (style and parted != style):
            break
        style = parted
        items.append(Part(row.claims[at], lead, pieces[0]))
        ones += sum(bool(_ONE.match(piece)) for piece in pieces[1:-1])
        more = more or any(_SOME.match(piece) for piece in pieces[1:-1])
        lead, at = pieces[-1], at + 1
    rest = _CLAUSE_END.split(row.after(at), maxsplit=1)[0]
    tails = _SEPARATOR.split(rest)
    items.append(Part(row.claims[at], lead, tails[0].strip()))
    ones += sum(bool(_ONE.match(piece)) for piece in tails[1:])
    more = more or any(_SOME.match(piece) for piece in tails[1:])
    return Parts(tuple(items), first, at, ones, more, _ending(row, at))


def _pieces(gap: str) -> list[str] | None:
    """The words of a figure, of what stands between, and of the next figure; None where no list goes on."""
    if len(gap) > REACH:
        return None
    pieces = [piece.strip() for piece in _SEPARATOR.split(_OF_WHOM.sub("", gap))]
    if len(pieces) < 2 or len(pieces[-1].split()) > _MOST_LEAD or any(_STOP.search(piece) for piece in pieces):
        return None
    if _NO_LEAD.search(pieces[-1]) or any(word in EVENT_OF for word in pieces[-1].lower().split()):
        return None
    return pieces


def _ending(row: Row, last: int) -> str | None:
    """The mark that ends the clause of a list, empty for the end of the sentence; None where a figure comes first."""
    gap = row.after(last)
    found = _CLAUSE_END.search(gap)
    if found is None:
        return "" if last + 1 == len(row.claims) else None
    mark = found.group().strip()
    return "" if mark == "." and not gap[found.end() :].strip() else mark
