"""Two sentences as they would be if the one did not deny, or put by an opposite, what the other says.

A denial is a conflict where what it denies is what the other sentence tells, and seldom otherwise: "never mentioned it"
denies nothing of "he had given him the drug". So a judge of entailment is asked what would follow without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from contradict.clashes import opposites
from contradict.denials import affirmed
from contradict.types import Claim

MOST_DENIALS = 2  # of one sentence that are asked about: few have more


def taken_back(a: Claim, b: Claim) -> list[tuple[str, str]]:
    """Texts to be asked about: a side as it was but for one of its first denials, or with the other's words in place of
    all their opposites, and the other side as it stands."""
    one, other = a.sentence.text, b.sentence.text
    changed = [(text, other) for text in islice(affirmed(one), MOST_DENIALS)]
    changed += [(text, one) for text in islice(affirmed(other), MOST_DENIALS)]
    if opposed := opposites(a, b):
        changed.append((_with(one, [(clash.a, clash.b) for clash in opposed]), other))
        changed.append((_with(other, [(clash.b, clash.a) for clash in opposed]), one))
    return changed


def _with(text: str, exchanged: Sequence[tuple[str, str]]) -> str:
    """The text with the first word of each two replaced by the second; of several, by that which sorts first."""
    instead = dict(sorted(exchanged, reverse=True))
    return re.sub(r"[a-z]+", lambda word: instead.get(word[0].lower(), word[0]), text, flags=re.IGNORECASE)
