"""Every escape that the writers use, in one place: text of articles is hostile, and each format has its own traps.

A lone surrogate becomes U+FFFD everywhere, one character for one, so that UTF-8 holds and offsets stay true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

CELL_LIMIT = 32_000  # a spreadsheet cell holds 32,767 characters; what is longer would spill into the next rows
URL_LIMIT = 2_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAKERS = re.compile("[\x7f-\x9f\u2028\u2029]")  # legal in JSON, yet line ends or controls to many readers
_MARKUP = re.compile("[<>&]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_PAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # what HTML forbids in a page
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # one left open turns around whatever follows it on the page
_FORMULA = re.compile("[\x00-\x20\x7f-\xa0\u200b\ufeff]*[=+\\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n]")
_FORMULA_AFTER_SEMICOLON = re.compile(r"(;[\s\"]{0,20})(?=[=+\-@])")
_MARKDOWN = re.compile(r"[\\`*_\[\]|~#$!]")
_LINE_OPENER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))|(?=[-+=])")  # would begin a list or underline a heading
_WEB_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\"'<>\\^`{|}]+", re.IGNORECASE)


def whole(text: str) -> str:
    """The text with lone surrogates replaced, so that it can be encoded."""
    return _SURROGATE.sub("\ufffd", text)


def page_text(page: str) -> str:
    """A page of HTML without the characters that may not stand in one, and without those that turn its lines around.

    One character for one: U+FFFD for controls, U+2060 (which shows nothing) for embeddings, overrides and isolates.
    """
    return _TURNING.sub("\u2060", _CONTROL_IN_PAGE.sub("\ufffd", page))


def json_line(record: Mapping[str, object]) -> str:
    """One record as one line of JSON, without the line end; no character in it ends a line or fails to encode."""
    return _json(record, indent=None)


def json_page(record: Mapping[str, object]) -> str:
    """One record as indented JSON for people to read."""
    return _json(record, indent=2)


def script_json(value: object) -> str:
    """Compact JSON that can stand in a `<script>` element: no `<`, `>`, `&` or line separator is left in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _MARKUP.sub(_escape_code, _LINE_BREAKERS.sub(_escape_code, whole(text)))


def printable(text: str) -> str:
    """Text for a terminal or a line of prose: white space squeezed, controls and direction marks taken out.

    An escape sequence in an article must not move the cursor, and a direction mark must not turn the line around.
    """
    line = " ".join(text.split())
    if line.isprintable():  # as most are: nothing that is taken out counts as printable
        return line
    return _CONTROL.sub("\ufffd", _DIRECTION.sub("", line))


def cell(text: str) -> str:
    """Text for a cell of a CSV file that no spreadsheet takes for a formula (OWASP, CSV injection).

    An apostrophe goes before a cell that begins with `=`, `+`, `-`, `@` (also their full-width forms, and after white
    space), tab or line end, and after a semicolon that such a character follows, since half of Europe's spreadsheets
    split there. White space is squeezed, so that a row is a line.
    """
    mark = "'" if not text[:1].isalnum() and _FORMULA.match(text) else ""
    if len(text) > CELL_LIMIT:
        text = f"{text[:CELL_LIMIT]} [cut; whole in pairs.jsonl]"
    line = printable(text)
    return mark + (_FORMULA_AFTER_SEMICOLON.sub(r"\1'", line) if ";" in line else line)


def markdown(text: str) -> str:
    """Text for a line of Markdown: nothing in it is markup, HTML or a link."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKDOWN.sub(r"\\\g<0>", text)
    if opener := _LINE_OPENER.match(text):
        text = f"{opener[0]}\\{text[opener.end() :]}"
    return text.replace("://", "\\://").replace("www.", "www\\.")


def web_link(url: str) -> str:
    """The address if it is one that a page may link to (http or https, no odd characters), else nothing."""
    if len(url) > URL_LIMIT or not _WEB_LINK.fullmatch(url):
        return ""
    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _json(record: Mapping[str, object], *, indent: int | None) -> str:
    text = json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False)
    if text.isprintable():
        return text
    return _LINE_BREAKERS.sub(_escape_code, whole(text))


def _escape_code(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
