"""Percentages beside their counts: "12 of the 40 schools, or 30 per cent"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from contradict.arithmetic.intervals import interval, met, percent, plain, share
from contradict.arithmetic.rows import COUNTS, Row
from contradict.types import Check, CheckKind, Claim, Role, Term, TermRole

_RATIO = re.compile(r" (?:in|out of) ")  # "five out of six" is no share of counts told beside it
MOST_OTHERS = 12  # figures of a sentence that a share is tried on before it is told to be wrong
WIDEST = 10  # percentage points between which the counts leave the share: wider, and they prove nothing

_DETERMINED = r"(?:the|its|their|all|all the|a total of|those|these|his|her|our|a|an|some|every)"
_OF = re.compile(rf"^(?:[\w' -]{{0,40}} )?(?:out of|of|/)(?: {_DETERMINED})?(?: [\w'’.-]+){{0,2}}$", re.IGNORECASE)
_OF_ALONE = re.compile(rf"^\)?,? ?(?:out )?of(?: {_DETERMINED})?(?: [\w'’-]+){{0,2}}$", re.IGNORECASE)
_SAME = re.compile(r"^(?!-)[^.;:()—–…]{0,60}?(?:,? or|\(|,|—|–|--| -|^-)$", re.IGNORECASE)
_THAT_IS = re.compile(
    r"^(?:or|that(?: i|'|’)s|this is|that means|that amounts to|that represents|this represents|that was|equal to)$",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"^(?:$|[),;.—–]|--|- |of (?:the total|them all|all|the whole|those)\b"
    r"|(?:were|was|are|is|have|has|had|said|did|voted)\b)"
)
_OPEN_AGAIN = re.compile(
    r"^\)?,? ?(?:of (?!the total|them all|all\b|the whole)|more|less|fewer|higher|lower|above|below|than)"
)


def read_shares(rows: Sequence[Row]) -> Iterator[Check | None]:
    """The shares that the sentences of one document state with both counts; None for one that they do not decide."""
    for i, row in enumerate(rows):
        for at in range(len(row.claims) - 2):
            found = _three(row, at)
            if found is not None:
                check = check_share(*found)
                yield check if check is None or check.holds or not _fits_another(row, *found) else None
        if i and (found := _next_sentence(rows[i - 1], row)) is not None:
            yield check_share(*found)


def _three(row: Row, at: int) -> tuple[Claim, Claim, Claim] | None:
    """Part, whole and share of three figures in a row, where the words say that they belong together."""
    for part, whole, portion in ((0, 1, 2), (0, 2, 1), (2, 1, 0), (1, 2, 0)):
        if row.figure(at + portion).role is not Role.PERCENT or not row.alike(at + part, at + whole):
            continue
        if _ORDERS[part, whole, portion](row, at):
            return row.claims[at + part], row.claims[at + whole], row.claims[at + portion]
    return None


def _fits_another(row: Row, part: Claim, whole: Claim, portion: Claim) -> bool:
    """Whether the share is right of another two figures of the sentence, which it may then be said of."""
    alike = [claim for claim in row.claims if claim.stated.unit == part.stated.unit and claim is not portion]
    checks = (check_share(one, other, portion) for one, other in permutations(alike[:MOST_OTHERS], 2))
    return any(check is not None and check.holds for check in checks)


def _part_whole_share(row: Row, at: int) -> bool:
    """ "12 of the 40 schools, or 30 per cent," """
    return bool(
        _OF.match(row.after(at)) and _SAME.match(row.after(at + 1)) and _ends(row.after(at + 2), row.after(at + 1))
    )


def _part_share_whole(row: Row, at: int) -> bool:
    """ "1,300 jobs, or 3 per cent of its 43,000 staff"; "12 (30 per cent) of the 40" """
    if row.figure(at).role is Role.BARE and row.after(at).endswith(","):  # "in one study, a fourth of 90 patients"
        return False
    aged = re.match(r"(?:and|or) (?:older|over|under|younger)", row.after(at + 2))
    return bool(_SAME.match(row.after(at)) and _OF_ALONE.match(row.after(at + 1))) and aged is None


def _share_whole_part(row: Row, at: int) -> bool:
    """ "two-thirds of the 30 boats, or 20," """
    gap = row.after(at + 1)
    told = bool(_OF_ALONE.match(row.after(at)) and _SAME.match(gap)) and not gap.endswith(",")
    return told and _ends(row.after(at + 2), gap)


def _share_part_whole(row: Row, at: int) -> bool:
    """ "30 per cent (12 of 40)" """
    return bool(_SAME.match(row.after(at)) and not row.after(at).endswith(",") and _OF_ALONE.match(row.after(at + 1)))


_ORDERS = {
    (0, 1, 2): _part_whole_share,
    (0, 2, 1): _part_share_whole,
    (2, 1, 0): _share_whole_part,
    (1, 2, 0): _share_part_whole,
}


def _ends(gap: str, opening: str) -> bool:
    """Whether nothing after the last of three figures makes it another's: "30 per cent more", "30 per cent of whom"."""
    if _OPEN_AGAIN.match(gap):
        return False
    if opening.endswith("("):
        return gap.startswith(")")
    return bool(_CLOSED.match(gap))


def _next_sentence(previous: Row, row: Row) -> tuple[Claim, Claim, Claim] | None:
    """ "12 of the 40 schools were closed. That is 30 per cent." """
    first = row.figure(0)
    if first.role is not Role.PERCENT or not _THAT_IS.match(row.before(0)) or len(previous.claims) != 2:
        return None
    gap = previous.sentence.document.text[previous.sentence.end : row.sentence.start]
    if gap.strip() or not previous.alike(0, 1) or not _OF.match(previous.after(0)) or not _ends(row.after(0), ""):
        return None
    return previous.claims[0], previous.claims[1], row.claims[0]


def check_share(part: Claim, whole: Claim, portion: Claim) -> Check | None:
    """A share held to its counts; None where these leave it too wide."""
    if part.stated.role not in COUNTS or portion.stated.change is not None or _RATIO.search(portion.stated.surface):
        return None
    of_part, of_whole, stated = interval(part.stated), interval(whole.stated), share(portion.stated)
    expected = percent(of_part, of_whole) if of_part is not None and of_whole is not None else None
    if expected is None or stated is None or part.stated.value is None or not whole.stated.value:
        return None
    holds = expected.overlaps(stated)
    if holds and (expected.low is None or expected.high is None or expected.high - expected.low > WIDEST):
        return None
    middle = part.stated.value / whole.stated.value * 100
    counts = " of ".join(plain(claim.stated.value or middle, claim.stated.unit) for claim in (part, whole))
    reason = f"{counts} is {plain(middle)}%, {met(middle, stated, portion.stated, holds=holds)}."
    terms = (Term(TermRole.PART, part), Term(TermRole.WHOLE, whole), Term(TermRole.SHARE, portion))
    counted = whole.stated.counted or part.stated.counted or "the figures"
    matter = f"{counted[:1].upper()}{counted[1:]}: share"
    return Check(CheckKind.SHARE, terms, expected, stated, holds, reason, matter)
