"""Charges and pleas: that somebody is charged and that he denies it are two facts, and both stand."""

from __future__ import annotations

import re

_WORDS = r"(?:\s+(?!not\b|that\b)[\w'’-]{1,20}){0,3}"  # between a verb and what it is about
_COURT = r"(?<!judge )(?<!court )(?<!jury )(?<!judges )(?<!courts )"  # who rejects charges and denies nothing
_PLEA = re.compile(
    r"\bple(?:a|as|ad|ads|aded|ading|d)\b(?:\s+of)?\s+[\"“‘']?(?:not\s+guilty|innocent)"
    r"|\b(?:maintain|protest|profess|insist)(?:s|ed|ing)?\s+(?:on\s+)?(?:his|her|their)\s+innocence"
    rf"|{_COURT}\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:es?|ed|ing)|contest(?:s|ed|ing)?){_WORDS}"
    r"\s+(?:charges?|counts?|accusations?|allegations?|wrong-?doing|guilt)\b",
    re.IGNORECASE,
)
_CHARGE = re.compile(
    rf"\b(?:charg(?:e[sd]?|ing)|fac(?:es?|ed|ing)){_WORDS}\s+(?:with|charges?|counts?|trial)\b"
    rf"|\baccus(?:e[sd]?|ing){_WORDS}{_WORDS}\s+of\b|\bindict(?:s|ed|ments?)?\b"
    r"|\balleg(?:e[sd]?|ing|edly|ations?)\b|\baccusations?\b|\bcharges\b|\bon\s+trial\b|\bstands?\s+trial\b"
    rf"|\b(?:suspect(?:s|ed)?|arrest(?:s|ed)?){_WORDS}\s+(?:of|on\s+suspicion)\b",
    re.IGNORECASE,
)
# What says more than a charge: with it a plea of not guilty may clash.
_GUILT = re.compile(
    r"\b(?:convict(?:s|ed|ion)?|sentenc(?:e[sd]?|ing)|acquit(?:s|ted|tal)?|admit(?:s|ted|ting)?|confess(?:es|ed|ing)?"
    r"|dropped|dismiss(?:es|ed|ing)?)\b|\bfound\s+(?:not\s+)?guilty\b|\bple(?:a|ad|ads|aded|ading|d)\s+(?:of\s+)?guilty\b",
    re.IGNORECASE,
)


def charge_and_plea(one: str, other: str) -> bool:
    """Whether of two sentences one tells that somebody is charged or accused, and no more, and the other that he
    denies it."""
    denied = _PLEA.search(one) is not None
    if denied == (_PLEA.search(other) is not None):
        return False
    charge = other if denied else one
    return _CHARGE.search(charge) is not None and _GUILT.search(charge) is None
