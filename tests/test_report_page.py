"""The page: self-contained, strict, complete, and no heavier than a browser likes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import pytest
from test_report_scans import (
    HOSTILE,
    article,
    claim,
    day,
    ferry_claims,
    ferry_scan,
    finding,
    hostile_scan,
    large_scan,
    long_scan,
    scan,
    summed_scan,
    verdict,
)

from contradict.report import report_of, report_page
from contradict.report.page import APP_SCRIPTS, STATIC_SCRIPTS, WITHOUT_SCRIPT, Sitting, review_page, script_text
from contradict.report.page_data import ROOMS, page_data
from contradict.report.passages import lead
from contradict.types import Copy, Relation, Scan, Skipped


class Elements(HTMLParser):
    """All elements of a page with their attributes, and the text inside the given ones."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(made: Scan) -> str:
    return report_page(report_of(made))


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


SITTING = Sitting("of-this-run", "<Ada>", blind=True)
SCANS = {"ferry": ferry_scan(), "sum": summed_scan(), "hostile": hostile_scan(), "long": long_scan(), "empty": scan()}


@pytest.mark.parametrize("name", SCANS)
def test_the_policy_allows_this_script_and_this_style_only(name: str) -> None:
    page = page_of(SCANS[name])
    elements = Elements(page)
    policy = elements.named("meta")[1]["content"]
    assert policy is not None
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        text = elements.texts[tag][-1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert directives[directive] == f"'sha256-{digest}'"


@pytest.mark.parametrize("name", SCANS)
def test_the_page_loads_nothing_and_carries_no_inline_handlers_or_styles(name: str) -> None:
    elements = Elements(page_of(SCANS[name]))
    tags = {tag for tag, _ in elements.elements}
    assert not tags & {"img", "iframe", "object", "embed", "link", "base", "video", "audio", "source"}
    assert [attributes.get("type") for attributes in elements.named("script")] == [
        "application/json",
        "application/json",
        None,
    ]
    for tag, attributes in elements.elements:
        assert not {key for key in attributes if key.startswith("on") or key in ("style", "src", "srcdoc", "action")}, (
            tag
        )
        target = attributes.get("href")
        assert target is None or target.startswith(("#", "https://harbour.example/"))


def test_hostile_text_is_text_in_the_plain_part_of_the_page() -> None:
    elements = Elements(page_of(hostile_scan()))
    matters = [text for text in elements.texts["h2"] if text.endswith(" matter")]
    shown = [text.replace("\ud800", "\ufffd") for text in HOSTILE]
    assert [text.split("\ufffd")[0].split("\u2060")[0] for text in matters] == [
        f"{text} matter".replace("\x00", "\ufffd").replace("\u202e", "\u2060").split("\ufffd")[0].split("\u2060")[0]
        for text in shown
    ]


def test_hostile_text_is_whole_in_the_data_but_for_what_cannot_stand_in_a_page() -> None:
    data = data_of(page_of(hostile_scan()))
    matters = [each["matter"] for each in data["findings"]]
    turned = str.maketrans({"\ud800": "\ufffd", "\u202e": "\u2060", "\u2066": "\u2060"})
    assert matters == [f"{text} matter".translate(turned) for text in HOSTILE]


@pytest.mark.parametrize("name", SCANS)
def test_the_data_holds_no_markup_characters(name: str) -> None:
    text = page_data(report_of(SCANS[name])).json
    assert not re.search("[<>&\u2028\u2029\x00-\x1f\x7f-\x9f\ud800-\udfff]", text)


@pytest.mark.parametrize("name", ["ferry", "hostile", "long"])
def test_the_mark_of_every_side_is_what_was_compared(name: str) -> None:
    data = data_of(page_of(SCANS[name]))
    for each, shown in zip(SCANS[name].findings, data["findings"], strict=True):
        first = lead(each)
        assert first is not None
        for one, index in zip((first.pair.a, first.pair.b), shown["pairs"][0][:2], strict=True):
            place, start, end = data["sides"][index][:3]
            assert utf16(data["passages"][place][1], start, end) == one.said.replace("\ud800", "\ufffd")


def test_a_mark_behind_an_astral_character_is_counted_as_scripts_count() -> None:
    text = "\U0001f6a2\U0001f6a2 \U0001f6a2 carried 31 boats."
    one, other = (claim(article(name, text, source=name), text, "31", low="31", high="31") for name in "ab")
    data = data_of(page_of(scan(finding(verdict(one, other)))))
    _, start, end = data["sides"][0][:3]
    assert (start, end) == (text.index("31") + 3, text.index("31") + 5)


def test_a_finding_is_shown_with_its_sources_and_the_text_around() -> None:
    data = data_of(page_of(ferry_scan()))
    (shown,) = data["findings"]
    assert (shown["relation"], shown["kind"], shown["score"]) == ("contradiction", "figure", 0.9)
    place, _, _, speaker, _, statement = data["sides"][shown["pairs"][0][1]]
    article_index, text, before, after = data["passages"][place]
    assert (speaker, statement) == ("the coastguard", ferry_claims()[1].statement)
    assert text == "The coastguard counted about 260 people taken off the ship on Saturday."
    assert (before, after) == ("A ferry is stuck on the rocks.", "Divers are on their way.")
    assert data["documents"][article_index][:4] == [
        "Island Gazette",
        "Hundreds taken off stranded ferry",
        "2024-03-03",
        "",
    ]
    assert shown["timeline"][1] == ["2024-03-03", 234, 286, "about 260", "the coastguard", "Island Gazette", 1]


def test_a_calculation_is_shown_with_its_figures_and_what_they_come_to() -> None:
    data = data_of(page_of(summed_scan()))
    (shown,) = data["findings"]
    check = shown["check"]
    assert (shown["kind"], "pairs" in shown) == ("sum", False)
    assert (check["reason"], check["holds"]) == ("70 + 40 = 110, but 120 is stated.", False)
    assert (check["stated"], check["expected"]) == ([120, 120], [110, 110])
    assert [role for role, _ in check["terms"]] == ["part", "part", "whole"]
    marks = [data["sides"][index][1:3] for _, index in check["terms"]]
    assert [data["passages"][0][1][slice(*each)] for each in marks] == ["70", "40", "120"]


def test_a_statement_that_stands_alone_is_told_as_such() -> None:
    (made,) = ferry_scan().findings
    told = replace(made, timeline=(made.timeline[0], replace(made.timeline[1], group=2, alone=True)))
    (shown,) = data_of(page_of(replace(ferry_scan(), findings=(told,))))["findings"]
    assert [len(line) for line in shown["timeline"]] == [7, 9]
    assert shown["timeline"][1][7:] == [2, 1]


def test_copies_stand_with_the_article_that_they_copy() -> None:
    copies = [Copy(f"wire/{number}.txt", "", day("2024-03-02"), "harbour/ferry") for number in range(30)]
    made = ferry_scan()
    made = replace(made, collection=replace(made.collection, copies=tuple(copies)))
    first = data_of(page_of(made))["documents"][0]
    assert first[6][0] == ["wire/0.txt", "2024-03-02"]
    assert len(first[6]) + first[7] == 30


def test_a_document_and_a_sentence_of_many_pairs_stand_once() -> None:
    a, b = ferry_claims()
    others = [
        claim(article(f"other/{number}", f"Some {number} left.", source="Other"), f"Some {number} left.", str(number))
        for number in range(20, 30)
    ]
    made = scan(finding(verdict(a, b), *(verdict(a, other, Relation.UPDATE, score=0.5) for other in others)))
    data = data_of(page_of(made))
    assert len(data["documents"]) == len(data["passages"]) == len(data["sides"]) == 12
    assert len(data["findings"][0]["pairs"]) == 11


def test_a_line_of_a_hundred_thousand_characters_is_cut_around_its_figure_and_says_so() -> None:
    data = data_of(page_of(long_scan()))
    _, text, _, _, before, after = data["passages"][0]
    assert len(text) == ROOMS[0].sentence
    assert "31 boats" in text
    assert before + len(text) + after == len(long_scan().findings[0].verdicts[0].pair.a.sentence.text)


def test_a_long_timeline_keeps_its_ends_and_the_compared_figures_and_counts_the_rest() -> None:
    claims = []
    for number in range(1000):
        text = f"Volunteers counted {number + 10} seals on the beach."
        document = article(f"seals/{number}", text, source=f"Outlet {number}")
        claims.append(claim(document, text, str(number + 10), low=str(number + 10), high=str(number + 10)))
    made = scan(finding(verdict(claims[500], claims[501]), timeline=claims))
    (shown,) = data_of(page_of(made))["findings"]
    assert len(shown["timeline"]) + shown["moreTimeline"] == 1000
    assert [shown["timeline"][0][3], shown["timeline"][-1][3]] == ["10", "1009"]
    assert [line[3] for line in shown["timeline"] if line[6]] == ["510", "511"]
    assert len({line[5] for line in shown["timeline"]} | set(shown["moreOutlets"])) == 1000


def test_numbers_that_no_script_can_hold_leave_the_chart_and_not_the_page() -> None:
    text = "The sum is 9 of nothing."
    one, other = (claim(article(name, text), text, "9", low="9E+999", high="9E+999") for name in "ab")
    (shown,) = data_of(page_of(scan(finding(verdict(one, other)))))["findings"]
    assert shown["timeline"][0][1:4] == [None, None, "9"]


@pytest.fixture(scope="module")
def large() -> Scan:
    return large_scan(5000)


def test_five_thousand_findings_weigh_less_than_ten_megabytes_and_are_all_there(large: Scan) -> None:
    began = time.perf_counter()
    page = page_of(large)
    assert time.perf_counter() - began < 60
    assert len(page.encode("utf-8")) < 10_000_000
    data = data_of(page)
    assert len(data["findings"]) == 5000
    assert data["findings"][4999]["id"] == large.findings[4999].id


def test_findings_that_do_not_fit_are_counted_on_the_page(large: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.report.page_data.page_data.__kwdefaults__", {"budget": 200_000})
    page = page_of(large)
    shown = len(data_of(page)["findings"])
    assert 0 < shown < 5000
    assert data_of(page)["leftOut"] == 5000 - shown
    assert len(page_data(report_of(large), budget=200_000).json.encode("utf-8")) < 210_000


def test_pairs_beyond_the_room_are_counted() -> None:
    a, b = ferry_claims()
    others = [
        claim(article(f"other/{number}", f"Some {number} left.", source="Other"), f"Some {number} left.", str(number))
        for number in range(100, 400)
    ]
    made = scan(finding(verdict(a, b), *(verdict(a, other, Relation.UPDATE, score=0.5) for other in others)))
    (shown,) = data_of(page_of(made))["findings"]
    assert len(shown["pairs"]) == ROOMS[0].pairs
    assert len(shown["pairs"]) + shown["morePairs"] == 301


def test_the_surest_pair_of_the_relation_stands_for_the_finding() -> None:
    a, b = ferry_claims()
    pairs = (
        verdict(a, b, score=0.6),
        verdict(b, a, Relation.UPDATE, score=0.99),
        verdict(a, b, score=0.8, reason="This one."),
    )
    first = lead(finding(*pairs))
    assert first is not None
    assert first.reason == "This one."


def test_what_was_read_and_what_was_not_stands_at_the_top() -> None:
    page = page_of(ferry_scan())
    elements = Elements(page)
    assert elements.texts["h1"] == ["1 contradiction"]
    assert "2 articles of 2 outlets, 2 March to 3 March 2024" in page
    assert "Not read: 1" in page
    assert "scans/photo.txt" in page
    assert "Read, not compared: 1" in page
    assert "Worth knowing: 2" in page


def test_many_skipped_files_are_named_up_to_a_limit_and_counted() -> None:
    made = scan(skipped=[Skipped(f"file-{number:04}.txt", "empty") for number in range(1200)])
    page = page_of(made)
    assert "Not read: 1,200" in page
    assert page.count("file-") == 50
    assert "and 1,150 more, all in run.json" in page


def test_without_a_script_the_first_findings_are_there_in_plain_form() -> None:
    page = page_of(large_scan(60))
    elements = Elements(page)
    assert sum(text.startswith("households in district") for text in elements.texts["h2"]) == WITHOUT_SCRIPT
    assert "10 more are in findings.jsonl" in page
    assert elements.texts["mark"][1:3] == ["100", "150"]  # the first is that of the key to the marks


@pytest.mark.parametrize("scripts", [STATIC_SCRIPTS, APP_SCRIPTS])
def test_the_scripts_can_stand_in_a_page(scripts: tuple[str, ...]) -> None:
    text = script_text(scripts)
    assert "</" not in text
    assert "<!--" not in text
    assert "\r" not in text
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert risky not in text


def test_only_the_page_of_the_application_asks_a_server() -> None:
    assert "fetch(" not in script_text(STATIC_SCRIPTS)
    assert "connect-src" not in page_of(ferry_scan())
    elements = Elements(review_page(report_of(ferry_scan()), SITTING))
    assert "connect-src 'self'" in (elements.named("meta")[1]["content"] or "").split("; ")


def test_the_page_of_the_application_holds_no_findings_but_those_in_plain_form() -> None:
    page = review_page(report_of(ferry_scan()), SITTING)
    assert 'id="data"' not in page
    assert '"token":"of-this-run","reviewer":"\\u003cAda\\u003e","blind":true' in page
    assert 'name="score"' not in page


def test_every_script_beside_the_template_is_in_a_page() -> None:
    folder = resources.files("contradict.report") / "templates"
    scripts = {each.name for each in folder.iterdir() if each.name.endswith(".js")}
    assert scripts == {*STATIC_SCRIPTS, *APP_SCRIPTS}


def test_every_colour_of_the_light_theme_has_its_counterpart_in_the_dark_one() -> None:
    style = (resources.files("contradict.report") / "templates" / "report.css").read_text(encoding="utf-8")
    light, dark = style.split("@media (prefers-color-scheme: dark)")[:2]
    colours = set(re.findall(r"(--[\w-]+): #", light))
    assert colours == set(re.findall(r"(--[\w-]+): #", dark.split("\n}\n")[0]))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("soft", "paper"),
        ("soft", "card"),
        ("link", "paper"),
        ("mark-ink", "mark"),
        ("on-badge", "contradiction"),
        ("update", "paper"),
        ("agreement", "paper"),
        ("unrelated", "paper"),
    ],
)
def test_text_has_the_contrast_that_wcag_asks_for(theme: int, text: str, ground: str) -> None:
    style = (resources.files("contradict.report") / "templates" / "report.css").read_text(encoding="utf-8")
    part = style.split("@media (prefers-color-scheme: dark)")[theme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part.split("\n}\n")[0]))
    one, other = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5
