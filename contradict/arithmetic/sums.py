"""Parts and the whole that they are said to make: lists, "including", "the remaining", "a total of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contradict.arithmetic.intervals import interval, plain, share, tight, total
from contradict.arithmetic.lists import REACH, Part, Parts, read_lists
from contradict.arithmetic.rows import Row
from contradict.arithmetic.words import closed, group_of, is_generic, is_person, place_of, tied
from contradict.types import Check, CheckKind, Claim, Interval, Role, Term, TermRole

LEAST_SHARE = Decimal("0.5")  # parts that come to less than this of the whole are not meant to be all of it
MOST_TO_WHOM = 6  # words from a whole to the part "of whom": further on, another noun may be meant
LEAST_BY_CHANCE = 10  # a smaller whole may be the sum of a list by chance

_OPENER = re.compile(
    r":|—|–|--|(?:^| )-(?: |$)|\(|,"
    r"|\b(?:(?:split|divided) between|made up of|compos(?:ed|ing) of|compris(?:ing|ed|es)|consist(?:ing|ed|s) of)\b"
)
_MAKING = re.compile(
    r"(?:,|—|–|--|\bfor|\bmaking|\bgiving|\bor) (?:a|the) (?:combined |grand |overall )?total of$|\bfor a combined$",
    re.IGNORECASE,
)
_REST = re.compile(r"(?<!\bof )\b(?:the|its|their|his|her) (?:remaining|other|rest(?: of the)?)$", re.IGNORECASE)
_OF_THE = re.compile(
    r"(?:^|[,;:—–] ?)of (?:the|its|their|those|these|a total of|his|her|our)(?: [a-z'-]+)?$", re.IGNORECASE
)
_INCLUDING = re.compile(
    r"\b(?:including|of whom|of which|among them|of them|of those|of these)(?: the)?$", re.IGNORECASE
)
_OF_WHOM = re.compile(r"^of (?:whom|which|them)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """A whole, and which way of missing it is a contradiction: parts that come to less, parts that come to more."""

    whole: Claim
    under: bool
    over: bool


def read_sums(rows: Sequence[Row]) -> Iterator[Check | None]:
    """The sums that the sentences of one document tell; None for one that the figures do not decide."""
    for i, row in enumerate(rows):
        yield from _parts_of_wholes(row)
        yield from _remaining(row)
        known: Claim | None = None
        for parts in read_lists(row):
            held = _held(row, parts, rows[i - 1] if i else None, known)
            if held is not None:
                known = known or held.whole
                claims = [item.claim for item in parts.items]
                yield check_sum(claims, held.whole, under=held.under, over=held.over, ones=parts.ones)


# A whole and the list of its parts


def _held(row: Row, parts: Parts, previous: Row | None, known: Claim | None) -> Held | None:
    """The whole that a list is said to make: named after it, right before it, or by the sentence before."""
    before, after = parts.first - 1, parts.last + 1
    if after < len(row.claims) and _MAKING.search(row.before(after)) and row.alike(parts.first, after):
        return Held(row.claims[after], under=not parts.more, over=True)
    if before >= 0 and row.alike(before, parts.first):
        gap = row.before(parts.first)
        if _INCLUDING.search(gap) and (not _may_include(row.claims[before]) or _outdone(row, parts.first)):
            return None
        if _INCLUDING.search(gap) or (_OF_THE.search(row.before(before)) and _opened(gap) == ","):
            of_all = _INCLUDING.search(gap) is None
            return Held(row.claims[before], under=of_all and everyone(parts), over=disjoint(parts))
        mark = _opened(gap)
        if mark is not None:
            return _apposed(row, parts, mark)
    if not everyone(parts):
        return None
    if known is not None:
        return Held(known, under=True, over=True)
    if previous is not None and _starts(row, parts):
        counts = [claim for claim in previous.claims if claim.stated.role is Role.COUNT]
        if len(counts) == 1 and is_generic(counts[0]):
            return Held(counts[0], under=True, over=True)
    return None


def disjoint(parts: Parts) -> bool:
    """Whether nobody can be counted in two of the parts: other places, or groups of which nobody is in two."""
    return by_place(parts) or _apart([group_of(item.tail) for item in parts.items])


def by_place(parts: Parts) -> bool:
    """Whether every part is of a place of its own."""
    return _apart([place_of(item.lead, item.tail) for item in parts.items])


def _apart(names: Sequence[str]) -> bool:
    return all(names) and len(set(names)) == len(names)


def everyone(parts: Parts) -> bool:
    """Whether the parts leave nobody out: men and women, adults and children."""
    groups = [group_of(item.tail) for item in parts.items]
    return _apart(groups) and closed(frozenset(groups)) and not parts.ones and not parts.more


def _starts(row: Row, parts: Parts) -> bool:
    """Whether the list begins its sentence: "Seven were men and five were women."."""
    lead = row.before(parts.first)
    return parts.first == 0 and (not lead or bool(re.fullmatch(r"(?:Of (?:these|those|them),?|They were)", lead)))


def _opened(gap: str) -> str | None:
    """The mark that opens a list after its whole, with at most three words between them and the first part."""
    marks = list(_OPENER.finditer(gap)) if len(gap) <= REACH else []
    if not marks:
        return None
    lead, noun = gap[marks[-1].end() :], gap[: marks[-1].start()]
    if len(lead.split()) > 3 or _NO_LEAD.search(lead) or _NO_NOUN.search(noun) or _QUOTED.search(f"{noun}:"):
        return None
    return marks[-1].group().strip()


_NO_LEAD = re.compile(
    r"\b(?:includ\w+|especially|mostly|mainly|notably|such|whom|which|them|up|down|from|but|while|or)\b|[\"“”]"
)
_QUOTED = re.compile(r"\b(?:said|says|saying|added|wrote|tweeted|asked|told \w+):$")
_NO_NOUN = re.compile(r"[.;?!(]|\b(?:than|compared|includ\w+|but|while|whereas|because|if|when)\b")


def _apposed(row: Row, parts: Parts, mark: str) -> Held | None:
    """How a list after a mark stands to the figure before it; None where that figure is no whole of it."""
    whole, noun = row.claims[parts.first - 1], row.after(parts.first - 1)
    if whole.stated.role is Role.BARE or any(not item.lead and not item.tail for item in parts.items):
        return None
    if any((item.claim.stated.value or 0) > (whole.stated.value or 0) for item in parts.items):
        return None
    if mark == ",":
        return _after_comma(row, parts, whole, tied(noun, anywhere=True))
    complete = everyone(parts) or (parts.ends is not None and not parts.more and parts.ends in _CLOSES.get(mark, ("",)))
    told = mark == ":" or mark[0].isalpha()
    counts = whole.stated.role is Role.COUNT  # "79 cents (60 cents for some, 55 cents for others)" is no sum
    sure = told or (counts and all(_goes_with(whole, item) for item in parts.items))
    return Held(whole, under=sure and complete, over=sure)


def _goes_with(whole: Claim, part: Part) -> bool:
    """Whether a part may be of a whole: it says where, or of whom, or has no noun of its own."""
    if tied(part.tail) or place_of(part.lead, part.tail) or part.claim.matter.head == whole.matter.head:
        return True
    return (is_person(whole) and (_elided(part) or is_person(part.claim))) or bool(group_of(part.tail))


def _elided(part: Part) -> bool:
    """Whether no noun follows the figure, so that it counts what the figures before it do."""
    counted = part.claim.stated.counted
    return counted is None or not part.tail.startswith(counted)


def _after_comma(row: Row, parts: Parts, whole: Claim, placed: bool) -> Held | None:
    """ "20 people, 8 in Spain and 12 in Malta": of a comma alone, the figure before it must be a whole by its noun."""
    bare = whole.stated.counted is None and row.before(parts.first - 1).lower().endswith("the")
    persons = (is_person(whole) or bare) and all(is_person(item.claim) or group_of(item.tail) for item in parts.items)
    if by_place(parts) and all(tied(item.tail) for item in parts.items):
        if (
            not all(_elided(item) or item.claim.matter.head == whole.matter.head for item in parts.items)
            and not persons
        ):
            return None
        if placed and (whole.stated.value or 0) < LEAST_BY_CHANCE:
            return None
        return Held(whole, under=False, over=not placed)
    if not persons or not (bare or is_generic(whole) or everyone(parts) or _same_noun(parts, whole)):
        return None
    return Held(whole, under=everyone(parts), over=everyone(parts))


def _same_noun(parts: Parts, whole: Claim) -> bool:
    return {item.claim.matter.head for item in parts.items} == {whole.matter.head}


_DASHES = ("—", "–", "--", "-", "")
_CLOSES = {"(": (")",), "—": _DASHES, "–": _DASHES, "--": _DASHES, "-": _DASHES, ":": ("", ";")}


def check_sum(parts: Sequence[Claim], whole: Claim, *, under: bool, over: bool, ones: int = 0) -> Check | None:
    """Parts, and `ones` that are no figures, held to their whole.

    None where the figures do not decide, or miss it in a way that may be meant.
    """
    stated = interval(whole.stated)
    intervals = [each for part in parts if (each := interval(part.stated)) is not None]
    value = whole.stated.value
    if stated is None or value is None or len(intervals) < len(parts) or any(map(_signed, (*parts, whole))):
        return None
    expected = total([*intervals, Interval(Decimal(ones), Decimal(ones))])
    middle = sum((part.stated.value or Decimal(0) for part in parts), Decimal(ones))
    holds = expected.overlaps(stated)
    if holds and middle != value and not (tight(expected) and tight(stated)):
        return None
    if not holds:
        less = stated.low is not None and expected.high is not None and expected.high < stated.low
        if not (under if less else over) or (less and middle < LEAST_SHARE * value):
            return None
    addends = [*(plain(part.stated.value or Decimal(0), part.stated.unit) for part in parts), *["1"] * ones]
    result = f"{' + '.join(addends)} = {plain(middle, whole.stated.unit)}"
    said = " ".join(whole.stated.surface.split())
    if holds:
        result += ", as stated" if middle == value else f", which {said} rounds"
    else:
        result += f", but {said} is stated"
    return _made(parts, whole, expected, stated, holds=holds, reason=result)


def _signed(claim: Claim) -> bool:
    """Whether a number is written with a sign ("+3.1"): a lead or a change, that nothing sums from."""
    return (claim.stated.value or 0) < 0 or claim.stated.surface[:1] in "+-−"


def _made(
    parts: Sequence[Claim], whole: Claim, expected: Interval, stated: Interval, *, holds: bool, reason: str
) -> Check:
    terms = (*(Term(TermRole.PART, part) for part in parts), Term(TermRole.WHOLE, whole))
    return Check(CheckKind.SUM, terms, expected, stated, holds, f"{reason}.", matter_of(whole))


def matter_of(whole: Claim) -> str:
    counted = whole.stated.counted or "the figures"
    return f"{counted[:1].upper()}{counted[1:]}: parts and whole"


# A part against its whole


def _parts_of_wholes(row: Row) -> Iterator[Check]:
    """ "12 people, 15 of whom", "12 people, including 15 soldiers", "15 of the 12": a part larger than its whole."""
    for at in range(1, len(row.claims)):
        gap = row.before(at)
        if not row.alike(at - 1, at) or len(gap) > REACH or _BROKEN.search(gap):
            continue
        before, here = row.claims[at - 1], row.claims[at]
        found = None
        if _PART_OF.match(gap):
            found = larger(before, here)
        elif _may_include(before) and _is_included(row, at) and not _outdone(row, at):
            found = larger(here, before)
        if found is not None:
            yield found


def _is_included(row: Row, at: int) -> bool:
    """Whether a figure is said to be part of the one before it, and counts what that may include."""
    if not _INCLUDING.search(row.before(at)):
        near = len(row.before(at).split()) <= MOST_TO_WHOM and not re.search(r" -|[—–]|--", row.before(at))
        return near and bool(_OF_WHOM.match(row.after(at)))
    return is_person(row.claims[at]) or _is_money(row.claims[at])


_BROKEN = re.compile(r"[.;:?!…]|\b(?:but|while|whereas|rest|(?:and|or) (?:the|its|an?)|other)\b|\ball$")
_PART_OF = re.compile(r"^(?:out )?of (?:the|its|their|those|these|all|his|her)(?: [a-z'-]+)?$")


def _may_include(whole: Claim) -> bool:
    """Whether a figure counts what "including" may go into: people, or money."""
    return is_person(whole) or _is_money(whole)


def _is_money(claim: Claim) -> bool:
    return claim.stated.role is Role.MONEY


def _outdone(row: Row, at: int) -> bool:
    """Whether a figure before the whole is as large as the part, and may be its true whole."""
    part = row.claims[at].stated
    return any((figure.high or part.value or 0) >= (part.value or 0) for figure in map(row.figure, range(at - 1)))


def larger(part: Claim, whole: Claim) -> Check | None:
    """A part that is larger than its whole; None where it is not, or may not be."""
    stated, held = interval(part.stated), interval(whole.stated)
    if whole.stated.role is Role.BARE or stated is None or held is None:
        return None
    if stated.low is None or held.high is None or stated.low <= held.high:
        return None
    said = [" ".join(claim.stated.surface.split()) for claim in (part, whole)]
    return _made([part], whole, stated, held, holds=False, reason=f"{said[0]} cannot be a part of {said[1]}")


# The rest of a whole


def _remaining(row: Row) -> Iterator[Check | None]:
    """ "Of the 40 passengers, 30 were saved and the remaining 10 drowned"; "60% agreed, the other 40% did not"."""
    for last in range(1, len(row.claims)):
        if not _REST.search(row.before(last)):
            continue
        if row.figure(last).role is Role.PERCENT:
            yield _rest_of_hundred(row, last)
            continue
        whole = next((at for at in range(last - 1, -1, -1) if _is_whole(row, at)), None)
        if whole is None or last - whole < 2 or not row.alike(*range(whole, last + 1)):
            yield None
            continue
        yield check_sum(row.claims[whole + 1 : last + 1], row.claims[whole], under=True, over=True)


def _is_whole(row: Row, at: int) -> bool:
    return bool(_OF_THE.search(row.before(at)) or re.search(r"\bof (?:whom|which|them|these|those),?$", row.after(at)))


def _rest_of_hundred(row: Row, last: int) -> Check | None:
    """Two percentages of which the second is said to be the rest; None where more than one may come before.

    Where they come to less, a sentence before may tell of further parts.
    """
    if [at for at in range(last) if row.figure(at).role is Role.PERCENT] != [last - 1]:
        return None
    first, rest = row.claims[last - 1], row.claims[last]
    one, stated = share(first.stated), share(rest.stated)
    if one is None or stated is None or one.low is None or one.high is None:
        return None
    expected = Interval(100 - one.high, 100 - one.low)
    holds = expected.overlaps(stated)
    if not holds and (stated.low is None or expected.high is None or stated.low < expected.high):
        return None
    said = [" ".join(claim.stated.surface.split()) for claim in (first, rest)]
    reason = f"{said[0]} and {said[1]} {'make' if holds else 'do not make'} a whole."
    terms = (Term(TermRole.PART, first), Term(TermRole.PART, rest))
    return Check(CheckKind.SUM, terms, expected, stated, holds, reason, matter_of(first))
