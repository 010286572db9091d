"""Web pages: the main text by trafilatura, the metadata that a publisher states about a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contradict.documents.dates import parse_date
from contradict.documents.records import Item, article
from contradict.types import Skipped

_DATE_NAMES = tuple(
    "article:published_time datepublished og:published_time parsely-pub-date sailthru.date publishdate publish-date"
    " publish_date pubdate publication_date dc.date.issued dcterms.issued dcterms.created dc.date dc.date.created date"
    " article.published published_time cxenseparse:recs:publishtime".split()
)
"""Names under which pages state when they were published, surest first; never when they were changed or crawled."""

_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')


def page_article(html: str, *, path: str, place: str) -> Item:
    """The main text of a page with its title, outlet, address and date; trafilatura's own guess of a date is not used,
    since it takes any date that it finds."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own
    from trafilatura import bare_extraction

    # lxml refuses a text that declares an encoding
    html = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html)
    try:
        found: Any = bare_extraction(html, with_metadata=True, include_comments=False)
    except (etree.LxmlError, ValueError) as error:
        return Skipped(path, f"not a web page that can be read: {str(error)[:200]}")
    if found is None or not (found.text or "").strip():
        return Skipped(path, "a web page with no main text")
    return article(
        found.text,
        path=path,
        place=place,
        title=found.title or "",
        source=found.sitename or found.hostname or "",
        url=found.url or "",
        date=page_date(html),
    )


def page_date(html: str) -> str | None:
    """The publication date that a page states in its metadata, as written there."""
    for value in _stated(html):
        if parse_date(value) is not None:
            return value
    return None


def _stated(html: str) -> Iterator[str]:
    from lxml import html as parser

    tree = parser.document_fromstring(html)
    named: dict[str, str] = {}
    for node in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            named.setdefault((node.get(attribute) or "").strip().lower(), node.get("content") or "")
    for name in _DATE_NAMES[:2]:
        yield named.get(name, "")
    found = _JSON_LD_DATE.search(html)
    if found:
        yield found[1]
    for name in _DATE_NAMES[2:]:
        yield named.get(name, "")
    for node in tree.iter("time"):
        inside = any(up.tag in ("article", "main", "header") for up in node.iterancestors())
        if node.get("pubdate") is not None or node.get("itemprop") == "datePublished" or inside:
            yield node.get("datetime") or ""
            return
