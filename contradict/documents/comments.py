"""What readers wrote below an article, told by how comments are signed: no part of it, as in pages that come as HTML.

Of 1,042 articles of four outlets 38 bring them along, up to 660,000 characters in one, and opinions clash.
"""

from __future__ import annotations

import re

from contradict.documents.buttons import POSTED_BY
from contradict.documents.layout import Span

MIN_SIGNED = 3
"""Comments that are signed as nothing else is, from which a text has readers' comments."""
_SIGNATURE = re.compile(
    rf"(?:{POSTED_BY})?"
    r"\b[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?, \d{4},?(?: \d{1,2}:\d\d [AaPp][Mm])?(?: at)? \d{1,2}:\d\d "
    r"[AaPp]\.?[Mm]\b\.?"
    r"(?P<sure> \|(?: (?:Reply|Report abuse|Flag))?)?"
)
"""`Posted by: Ann | March 4, 2021 8:15 PM | Report abuse`, `March 4, 2021 at 8:15 pm | Reply`."""


def readers_comments(text: str) -> Span | None:
    """From the first signature of a comment to the last; None where there are too few to tell.

    The first comment stands before its signature, and where it begins is not told: it stays.
    """
    if " | " not in text:
        return None
    signed = list(_SIGNATURE.finditer(text))
    if sum(found["sure"] is not None for found in signed) < MIN_SIGNED:
        return None
    return signed[0].start(), signed[-1].end()
