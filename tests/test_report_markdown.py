"""The brief for an editor: readable as text, and nothing of an article is markup in it."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from test_report_scans import HOSTILE, claim, ferry_scan, finding, hostile_scan, large_scan, verdict

from contradict.report import findings_markdown
from contradict.report.escaping import markdown
from contradict.types import Document

OWN_TAGS = {"h1", "h2", "p", "strong", "code", "blockquote", "a", "table", "thead", "tbody", "tr", "th", "td"}


def rendered(text: str) -> str:
    page: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return page


def test_a_finding_is_a_section_with_both_passages_and_their_sources() -> None:
    text = findings_markdown(ferry_scan().findings)
    for expected in (
        "## 1. people rescued\n",
        "**Contradiction**, score 0.90, finding `",
        "> Rescuers brought **214** passengers ashore before noon.\n",
        "> Harbour Post, 2 March 2024, [Ferry runs aground off Skarholm](<https://harbour.example/ferry>)\n",
        "> The coastguard counted **about 260** people taken off the ship on Saturday.\n",
        "said by the coastguard",
    ):
        assert expected in text


def test_nothing_in_hostile_text_becomes_markup() -> None:
    page = rendered(findings_markdown(hostile_scan().findings))
    assert set(re.findall(r"<(\w+)", page)) <= OWN_TAGS
    assert "<a " not in page
    assert page.count("<h2>") == len(HOSTILE)


@pytest.mark.parametrize(
    "text",
    [
        "- item",
        "+ item",
        "1. item",
        "2) item",
        "# heading",
        "> quote",
        "===",
        "---",
        "    code",
        "```",
        "<b>",
        "[x]: y",
    ],
)
def test_a_line_of_text_stays_a_paragraph(text: str) -> None:
    page = rendered(markdown(text)).strip()
    assert page.startswith("<p>")
    assert page.endswith("</p>")
    assert set(re.findall(r"</?(\w+)", page)) == {"p"}
    shown = page.removeprefix("<p>").removesuffix("</p>").replace("&lt;", "<").replace("&gt;", ">")
    assert shown == text.strip()


def test_a_timeline_of_more_than_two_statements_is_a_table() -> None:
    page = rendered(findings_markdown(large_scan(1).findings))
    assert page.count("<tr>") == 4
    assert "2 other pairs on this matter" in page


def test_a_title_that_imitates_a_link_stays_the_title_of_its_own() -> None:
    text = "They saw 31 boats."
    document = Document(id="x", path="x", text=text, title="a](<http://evil.example>) [b", url="https://good.example/")
    one = claim(document, text, "31", low="31", high="31")
    page = rendered(findings_markdown([finding(verdict(one, one))]))
    assert set(re.findall(r'href="([^"]*)"', page)) == {"https://good.example/"}


def test_a_brief_without_findings_says_so() -> None:
    assert "Nothing was found." in findings_markdown([])
