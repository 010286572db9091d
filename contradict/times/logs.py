"""Live logs of a day, whose entries tell the hour: what one says may be overtaken by the evening."""

from __future__ import annotations

import re
from functools import lru_cache

from contradict.types import Sentence

MIN_ENTRIES = 2
"""Entries that say when they were added, from which an article is a log: one alone is a note on the article."""
_ENTRY = re.compile(r"\bupdated?:?(?: at)? \d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b", re.IGNORECASE)


def in_log(sentence: Sentence) -> bool:
    """Whether a sentence stands in an entry of a live log: "(Update 3:31 p.m. Cairo) ...", or behind the first."""
    begins = _first_entry(sentence.document.text)
    return begins is not None and begins < sentence.end


@lru_cache(maxsize=1024)
def _first_entry(text: str) -> int | None:
    """Where the first entry of a log begins; None in an article that is none."""
    if "update" not in text.lower():  # a third of the time: few articles are updated
        return None
    found = [entry.start() for entry in _ENTRY.finditer(text)]
    return found[0] if len(found) >= MIN_ENTRIES else None
