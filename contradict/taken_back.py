"""Two sentences as they would be if the one did not deny, or put by an opposite, what the other says.

A denial is a conflict where what it denies is what the other sentence tells, and seldom otherwise: "never mentioned it"
denies nothing of "he had given him the drug". So a judge of entailment is asked what would follow without it.
"""

from __future__ import annotations

import re
from itertools import islice

from contradict.clashes import opposites
from contradict.denials import affirmed
from contradict.types import Claim

DENIALS = 2  # of one sentence that are taken back, each by itself


def taken_back(a: Claim, b: Claim) -> list[tuple[str, str]]:
    """Texts to be asked about: a side with one denial or opposite taken back, and the other side as it stands."""
    one, other = a.sentence.text, b.sentence.text
    changed = [(text, other) for text in islice(affirmed(one), DENIALS)]
    changed += [(text, one) for text in islice(affirmed(other), DENIALS)]
    for clash in sorted(opposites(a, b), key=lambda clash: sorted((clash.a, clash.b)))[:1]:
        changed += [(_with(one, clash.a, clash.b), other), (_with(other, clash.b, clash.a), one)]
    return changed


def _with(text: str, word: str, instead: str) -> str:
    return re.sub(rf"\b{re.escape(word)}\b", instead, text, flags=re.IGNORECASE)
