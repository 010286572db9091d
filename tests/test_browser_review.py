"""The review application in Chromium, as people use it: killed in the middle, scanned into again, several reviewers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import (
    choices,
    districts,
    free_port,
    matter,
    opened,
    press,
    progress,
    review,
    serious_issues,
    settled,
    static_report,
)
from conftest import RunCommand
from test_report_scans import hostile_scan, long_scan

from contradict.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_report(districts(14), tmp_path / "report")
    return tmp_path / "report"


@contextmanager
def somebody_else(page: Page) -> Iterator[Page]:
    """A page in the browser of another person."""
    assert page.context.browser is not None
    context = page.context.browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def exported(folder: Path, contradict_command: RunCommand) -> list[tuple[str, str | None, str]]:
    """The records of the log: reviewer, decision, note."""
    lines = contradict_command("decisions", "export", folder).stdout.splitlines()
    return [(each["reviewer"], each["decision"], each["note"]) for each in map(json.loads, lines)]


def test_no_decision_is_lost_to_a_server_killed_in_the_middle(page: Page, folder: Path) -> None:
    port = free_port()
    with review(folder, port=port) as server:
        opened(page, server.url)
        press(page, "1234512")  # and no waiting for any answer
        server.kill()
        press(page, "345")
        assert progress(page) == "10 of 14 decided"
        page.wait_for_selector("#trouble:not([hidden])")
        assert "kept in this tab" in page.inner_text("#trouble")
    with review(folder, port=port) as server:
        opened(page, server.url)
        settled(page)
        assert page.is_hidden("#trouble")
        with somebody_else(page) as other:
            opened(other, server.url)
            assert progress(other) == "10 of 14 decided"
            made = ["contradiction", "update", "agreement", "other matter", "unsure"]
            assert list(choices(other).values()) == made * 2


def test_what_was_decided_is_undone_over_a_new_start_and_exported(
    page: Page, folder: Path, contradict_command: RunCommand
) -> None:
    with review(folder, "--reviewer", "Ada") as server:
        opened(page, server.url)
        press(page, "11n")
        page.keyboard.type("Ask the office")
        page.keyboard.press("Enter")
        settled(page)
    with review(folder, "--reviewer", "Ada") as server:
        opened(page, server.url)
        assert progress(page) == "2 of 14 decided"
        press(page, "u")
        page.wait_for_function("() => document.getElementById('note').value === ''")
        press(page, "u")
        page.wait_for_function("() => document.getElementById('progress-words').textContent.startsWith('1 ')")
        assert matter(page) == "households in district 1"
    records = exported(folder, contradict_command)
    assert [record for record in records if record[1]] == [("Ada", "contradiction", ""), ("Ada", "contradiction", "")]
    assert ("Ada", None, "Ask the office") in records


def test_decisions_return_after_a_new_scan_and_what_was_edited_comes_back(page: Page, folder: Path) -> None:
    with review(folder) as server:
        opened(page, server.url)
        press(page, "1144")
        settled(page)
        write_report(districts(15, edited={1: "confirmed", 3: "confirmed"}), folder)
        opened(page, server.url)
        assert progress(page) == "3 of 15 decided"
        opened(page, f"{server.url}#status=changed")
        assert matter(page) == "households in district 1"
        assert "You decided “contradiction”" in page.inner_text(".changes")
        assert page.inner_text(".changes .change >> nth=0").count("confirmed") == 1
        opened(page, f"{server.url}#status=new")
        assert matter(page) == "households in district 14"
        opened(page, f"{server.url}#status=changed")
        press(page, "1")
        assert progress(page) == "4 of 15 decided"


def test_two_reviewers_agree_or_not_and_a_blind_one_sees_neither_scores_nor_choices(page: Page, folder: Path) -> None:
    with review(folder, "--reviewer", "Ada") as server:
        opened(page, server.url)
        press(page, "1114")
        settled(page)
    with review(folder, "--reviewer", "Bo", "--blind") as server, somebody_else(page) as other:
        opened(other, server.url)
        assert progress(other) == "0 of 14 decided"
        assert other.locator(".others, .tag.score, .state.score, #score").count() == 0
        press(other, "1214")
        settled(other)
    with review(folder, "--reviewer", "Ada") as server:
        opened(page, f"{server.url}#status=disputed")
        assert matter(page) == "households in district 1"
        assert page.inner_text(".others") == "Bo: update"
        page.goto(f"{server.url}agreement")
        assert "Cohen's kappa, over 4 findings" in page.inner_text("main")
        assert serious_issues(page) == []
        page.click("button[value=update]")
        page.wait_for_selector("text=Settled by Ada")
        opened(page, f"{server.url}#status=disputed")
        assert page.is_visible("#empty")


def test_another_name_is_another_reviewer(page: Page, folder: Path, contradict_command: RunCommand) -> None:
    with review(folder, "--reviewer", "Ada") as server:
        opened(page, server.url)
        press(page, "1")
        settled(page)
        page.fill("#reviewer", "Bo")
        page.keyboard.press("Tab")
        page.wait_for_function("() => document.getElementById('progress-words').textContent.startsWith('0 ')")
        page.click("#sheet h2")
        press(page, "2")
        settled(page)
    records = exported(folder, contradict_command)
    assert [(name, choice) for name, choice, _ in records] == [("Ada", "contradiction"), ("Bo", "update")]


def test_decisions_of_the_static_report_are_imported(
    page: Page, folder: Path, contradict_command: RunCommand, tmp_path: Path
) -> None:
    opened(page, (folder / "report.html").as_uri())
    page.fill("#reviewer", "Cy")
    page.keyboard.press("Tab")
    page.click("#sheet h2")
    press(page, "1524bu")
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "cy.jsonl")
    assert contradict_command("decisions", "import", folder, tmp_path / "cy.jsonl").status == 0
    with review(folder, "--reviewer", "Cy") as server, somebody_else(page) as other:
        opened(other, server.url)
        assert progress(other) == "4 of 14 decided"
        assert list(choices(other).values()) == ["contradiction", "unsure", "update", "other matter"]
        assert other.locator(".trust[aria-pressed=true]").count() == 0


def test_an_article_is_shown_as_text_with_its_passage_marked(page: Page, tmp_path: Path) -> None:
    static_report(hostile_scan(), tmp_path / "hostile")
    static_report(long_scan(), tmp_path / "long")
    page.on("dialog", lambda dialog: pytest.fail(f"a script of an article ran: {dialog.message}"))
    with review(tmp_path / "hostile") as server:
        opened(page, server.url)
        for _ in range(3):
            with page.expect_popup() as article:
                page.click("a.full >> nth=0")
            shown = article.value
            shown.wait_for_load_state()
            assert shown.locator("mark").first.is_visible()
            assert shown.locator("img, iframe, object, svg").count() == 0
            assert serious_issues(shown) == []
            shown.close()
            press(page, "j")
    with review(tmp_path / "long") as server:
        opened(page, server.url)
        with page.expect_popup() as article:
            page.click("a.full >> nth=0")
        article.value.wait_for_load_state()
        assert len(article.value.inner_text("main")) > 100_000


def test_saved_views_are_there_in_the_next_browser(page: Page, folder: Path) -> None:
    with review(folder) as server:
        opened(page, f"{server.url}#outlet=Outlet+3&status=open")
        page.on("dialog", lambda dialog: dialog.accept("My desk"))
        page.click("#drawer summary")
        page.select_option("#views", "+")
        page.wait_for_selector("#views option[value='=My desk']", state="attached")
        with somebody_else(page) as other:
            opened(other, server.url)
            other.click("#drawer summary")
            other.select_option("#views", "=My desk")
            other.wait_for_function("() => location.hash.includes('Outlet+3')")


def test_axe_finds_no_serious_issue_in_the_application(page: Page, folder: Path) -> None:
    with review(folder) as server:
        opened(page, server.url)
        press(page, "1")
        assert serious_issues(page) == []
