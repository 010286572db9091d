"""The title, the outlet and the address of an article, where its record does not state them: from its own lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from contradict.documents.layout import Span
from contradict.documents.phrases import headline_like, is_proper_name, line_reason

HEAD_LINES, TAIL_LINES = 6, 10
MAX_TITLE = 200

_ADDRESS = re.compile(
    r"(?:(?:source(?: link)?|link|url|via|original(?: article)?|permalink|originally published (?:at|on|by))\s?:?\s?)?"
    r"(?P<url>https?://[^\s<>\"]{4,1000})",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\((Reuters|AP|AFP|CNN|UPI|Xinhua|TASS|Interfax|dpa|Bloomberg)\)\s?(?:-{1,2}|–|—)")
_NAMED = re.compile(r"(?:source|publisher|outlet)\s?:\s?(?P<name>[^\W\d][^\n:/]{1,60})", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---\r?\n(.{0,5000}?)\r?\n---", re.S)


def host_of(url: str) -> str:
    """The outlet that an address names, `example.com` for `www.example.com`; "" where there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)", "", host)


def address_in(text: str, lines: Sequence[Span]) -> str:
    """The address that a text gives for itself: alone or labelled on one of its first or last lines."""
    for start, end in [*lines[:HEAD_LINES], *lines[max(HEAD_LINES, len(lines) - TAIL_LINES) :]]:
        found = _ADDRESS.fullmatch(text, start, end)
        if found:
            return found["url"]
    return ""


def outlet_in(text: str, lines: Sequence[Span]) -> str:
    """The outlet that a text names: `Source: Example News` near either end, or the agency of its dateline."""
    for start, end in [*lines[:HEAD_LINES], *lines[max(HEAD_LINES, len(lines) - TAIL_LINES) :]]:
        found = _NAMED.fullmatch(text, start, end)
        if found and is_proper_name(found["name"]):
            return found["name"].strip(" .")
    agency = _AGENCY.search(text, 0, 500)
    return agency[1] if agency else ""


def title_in(text: str, lines: Sequence[Span], *, markdown: bool = False) -> str:
    """The headline: a Markdown heading, else the first line where it looks like one and the text goes on."""
    if markdown:
        for start, end in lines[:30]:
            heading = re.fullmatch(r"#{1,2}\s+(.{1,300}?)\s*#*", text[start:end])
            if heading:
                return heading[1]
    if len(lines) < 2:
        return ""
    line = text[slice(*lines[0])]
    if len(line) > MAX_TITLE or len(line.split()) < 3 or not headline_like(line.rstrip("?")) or line_reason(line):
        return ""
    return line.strip("# *")


def front_matter(text: str) -> dict[str, str]:
    """The simple `name: value` lines at the head of a Markdown file."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}
    pairs = (
        line.partition(":") for line in found[1].splitlines() if ":" in line and not line.startswith((" ", "-", "#"))
    )
    return {name.strip().lower(): value.strip().strip("\"'") for name, _, value in pairs}
