"""Charges and pleas: that somebody is charged and that he denies it are two facts, and both stand."""

from __future__ import annotations

import re

_WORDS = r"(?:\s+(?!not\b|that\b)[\w'’-]{1,20}){0,3}"  # between a verb and what it is about
_COURT = r"(?<!judge )(?<!court )(?<!jury )(?<!judges )(?<!courts )"  # who rejects charges and denies nothing
_CRIME = (
    r"(?:murder|manslaughter|homicide|assault|battery|rape|kidnapping|theft|robbery|burglary|fraud|bribery|corruption"
    r"|embezzlement|extortion|laundering|perjury|conspiracy|treason|espionage|spying|terrorism|arson|negligence"
    r"|harassment|misconduct)"
)
_SORT = r"(?:\s+(?:any|all|(?:in)?voluntary|attempted|aggravated|sexual|gross|money|wire|bank|tax|\w{1,6}-degree)){0,2}"
_MAIN = r"(?<!who )(?<!who has )(?<!who had )"  # not told of somebody in passing
_PLEA = re.compile(
    rf"{_MAIN}\bple(?:a|as|ad|ads|aded|ading|d)\b(?:\s+of)?\s+[\"“‘']?(?:not\s+guilty|innocent)"
    rf"|{_MAIN}\b(?:maintain|protest|profess|insist)(?:s|ed|ing)?\s+(?:on\s+)?(?:his|her|their)\s+innocence"
    rf"|{_MAIN}{_COURT}\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:es?|ed|ing)|contest(?:s|ed|ing)?){_WORDS}"
    r"\s+(?:charges?|counts?|offen[cs]es?|accusations?|allegations?|wrong-?doing|guilt)\b"
    rf"|{_MAIN}{_COURT}\bden(?:y|ies|ied|ying){_SORT}\s+{_CRIME}\b(?!\s+(?!(?:and|or|but|in|on|at|of|by|after)\b)\w)",
    re.IGNORECASE,
)
_NO_PLEA = re.compile(
    r"(?:\b(?:not|never|no longer|without)|n['’]t)\s+(?:\w{1,12}\s+)?"
    r"(?:den(?:y|ied|ying)|reject|disput|contest|plead|pled|maintain)",
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


def both_stand(one: str, other: str) -> bool:
    """Whether two sentences tell no more than that somebody is charged or accused, or denies it, one of them at least
    the latter: a charge and a plea, or a plea told twice."""
    texts = (one, other)
    pleas = [_PLEA.search(text) is not None for text in texts]
    if not any(pleas):
        return False
    return all(
        not (_GUILT.search(text) or _NO_PLEA.search(text)) and (plea or _CHARGE.search(text) is not None)
        for text, plea in zip(texts, pleas, strict=True)
    )
