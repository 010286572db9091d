"""Ids of records."""

from __future__ import annotations

import hashlib
import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts, for ids that must not move between runs or machines.

    A lone surrogate counts as the U+FFFD that every file has in its place, so that a report read again has its ids.
    """
    text = "\x1e".join(parts)
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:
        encoded = _SURROGATE.sub("\ufffd", text).encode("utf-8")
    return hashlib.sha256(encoded).hexdigest()[:16]
