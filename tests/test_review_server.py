"""The review application answers its own page and nobody else, and shows articles as text whatever stands in them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from review_cases import BOATS, ROOFS, found, scanned, stated, two
from starlette.testclient import TestClient
from test_report_scans import HOSTILE, hostile_scan, large_scan, long_scan

from contradict.errors import InputError
from contradict.report import write_report
from contradict.review import Desk, Store
from contradict.review.guard import Address
from contradict.review.server import MAX_BODY, Session, make_app
from contradict.types import Scan

PORT = 8765
TOKEN = "page-token"  # noqa: S105 (of no server but that of these tests)
OWN = f"http://127.0.0.1:{PORT}"


class Browser(TestClient):
    """A client that behaves as our own page does: it knows the token and sends it."""

    def __init__(self, session: Session, *, base: str = OWN) -> None:
        super().__init__(make_app(session), base_url=base, raise_server_exceptions=False, follow_redirects=False)
        self.session = session
        self.headers["x-contradict-token"] = session.address.page_token

    def decide(self, finding: str, **fields: object) -> dict[str, object]:
        answer = self.post("/api/decisions", json={"finding": finding, **fields})
        assert answer.status_code == 201, answer.text
        return dict(answer.json()["state"])

    def standings(self) -> dict[str, dict[str, object]]:
        return {each["finding"]: each for each in self.get("/api/decisions").json()["decisions"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_report(scanned(two(), two(ROOFS)), tmp_path)
    return tmp_path


@pytest.fixture
def stores() -> Iterator[list[Store]]:
    opened: list[Store] = []
    yield opened
    for store in opened:
        store.close()


def browser(folder: Path, stores: list[Store], *, made: Scan | None = None, reviewer: str = "Kari", blind: bool = False,
            access: str | None = None, base: str = OWN) -> Browser:  # fmt: skip
    if made is not None:
        write_report(made, folder)
    stores.append(Store(folder / "decisions.sqlite"))
    desk = Desk(folder, stores[-1], today=lambda: date(2024, 3, 6))
    address = Address(host="127.0.0.1", port=PORT, page_token=TOKEN, access_token=access)
    return Browser(Session(desk=desk, address=address, reviewer=reviewer, blind=blind), base=base)


FINDING, OTHER = two().id, two(ROOFS).id


# Deciding


def test_the_page_opens_and_its_data_have_every_finding(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    page = client.get("/")
    assert page.status_code == 200
    assert "page-token" in page.text
    assert {each["id"] for each in client.get("/api/findings").json()["findings"]} == {FINDING, OTHER}


def test_a_decision_is_recorded_with_all_that_finds_it_again(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    trusted = two().verdicts[0].pair.b.statement
    state = client.decide(FINDING, decision="contradiction", note="31 it is", trusted=trusted)
    assert (state["status"], state["decision"], state["reviewer"]) == ("decided", "contradiction", "Kari")
    (record,) = stores[0].log()
    assert (record.note, record.trusted, record.relation, record.score) == ("31 it is", trusted, "contradiction", 0.9)
    assert {mark.text for mark in record.texts} == {sentence for sentence, _ in BOATS.values()}
    assert record.pair is not None
    assert record.pair["a"]["text"] == BOATS["post"][0]


def test_a_field_that_is_not_sent_keeps_its_value_and_null_clears_it(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    client.decide(FINDING, note="look at the log book", snoozed_until="2024-04-01")
    state = client.decide(FINDING, decision="update")
    assert (state["note"], state["decision"], state["snoozed_until"]) == ("look at the log book", "update", None)
    assert client.decide(FINDING, note=None)["note"] == ""
    assert client.decide(FINDING, decision=None)["status"] == "open"


def test_undo_goes_back_to_the_beginning_and_then_says_so(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    client.decide(FINDING, decision="contradiction")
    client.decide(OTHER, decision="unsure")
    client.decide(FINDING, decision="update")
    answers = [client.post("/api/undo", json={}).json() for _ in range(3)]
    assert [answer["finding"] for answer in answers] == [FINDING, OTHER, FINDING]
    assert answers[0]["state"]["decision"] == "contradiction"
    assert answers[2]["state"] is None
    assert client.post("/api/undo", json={}).status_code == 409


def test_a_change_sent_twice_is_recorded_once(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    name = "6b1f3b0e-8a38-4a55-9a0f-0d3d0b9d3f10"
    assert client.decide(FINDING, decision="update", id=name) == client.decide(FINDING, decision="update", id=name)
    assert [each.id for each in stores[0].log()] == [name]
    assert client.post("/api/decisions", json={"finding": OTHER, "decision": "update", "id": name}).status_code == 400


def test_a_note_does_not_confirm_what_a_changed_text_has_put_in_question(folder: Path, stores: list[Store]) -> None:
    browser(folder, stores).decide(FINDING, decision="contradiction")
    edited = two({**BOATS, "post": ("The storm sank 31 boats in the harbour of Lund late on Friday night.", "31")})
    client = browser(folder, stores, made=scanned(edited))
    assert client.standings()[edited.id]["status"] == "changed"
    assert client.decide(edited.id, note="seen")["status"] == "changed"
    assert client.decide(edited.id, decision="contradiction")["status"] == "decided"


@pytest.mark.parametrize(
    "body",
    [
        {"finding": "nowhere", "decision": "update"},
        {"finding": FINDING, "decision": "maybe"},
        {"finding": FINDING},
        {"decision": "update"},
        {"finding": FINDING, "trusted": "0123456789abcdef"},
        {"finding": FINDING, "snoozed_until": "soon"},
        {"finding": FINDING, "note": 7},
        {"finding": FINDING, "note": "n" * 10_001},
        {"finding": ["x"], "decision": "update"},
        [],
    ],
)
def test_what_makes_no_sense_is_refused_and_not_recorded(body: object, folder: Path, stores: list[Store]) -> None:
    answer = browser(folder, stores).post("/api/decisions", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert stores[0].count() == 0


# Several reviewers


def test_each_browser_may_name_its_own_reviewer(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    client.decide(FINDING, decision="update")
    assert client.post("/api/session", json={"reviewer": "Ola  Nordmann\u202e"}).json() == {"reviewer": "Ola Nordmann"}
    client.decide(FINDING, decision="contradiction")
    assert [each.reviewer for each in stores[0].log()] == ["Kari", "Ola Nordmann"]
    assert client.post("/api/session", json={"reviewer": " "}).status_code == 400


def test_a_blind_session_shows_neither_scores_nor_other_peoples_choices(folder: Path, stores: list[Store]) -> None:
    browser(folder, stores, reviewer="Ola").decide(FINDING, decision="update", note="clear to Ola")
    client = browser(folder, stores, blind=True)
    told = client.get("/api/decisions").json()
    assert (told["decisions"], told["blind"]) == ([], True)
    assert {each.get("score", 0) for each in client.get("/api/findings").json()["findings"]} == {0}
    assert "clear to Ola" not in client.get("/agreement").text + client.get("/").text
    assert "Start the review without --blind" in client.get("/agreement").text
    answer = client.post("/api/decisions", json={"finding": FINDING, "decision": "update"})
    assert (answer.json()["record"]["score"], answer.json()["record"]["pair"]) == (None, None)
    assert "probabilities" not in client.post("/api/undo", json={}).text


def test_without_blind_others_choices_are_shown_as_theirs(folder: Path, stores: list[Store]) -> None:
    browser(folder, stores, reviewer="Ola").decide(FINDING, decision="update")
    (told,) = browser(folder, stores).get("/api/decisions").json()["decisions"]
    assert (told["reviewer"], told["mine"]) == ("Ola", False)


def test_what_two_decided_differently_is_listed_and_can_be_settled(folder: Path, stores: list[Store]) -> None:
    browser(folder, stores, reviewer="Ola").decide(FINDING, decision="update")
    client = browser(folder, stores)
    client.decide(FINDING, decision="contradiction")
    client.decide(OTHER, decision="contradiction")
    page = client.get("/agreement").text
    assert "Decided differently: 1, 1 to settle" in page
    answer = client.post(
        "/agreement/settle", data={"token": "page-token", "finding": FINDING, "decision": "update", "note": "asked"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/agreement")
    assert "Decided differently: 1, 0 to settle" in client.get("/agreement").text
    assert client.get("/api/decisions").json()["settled"][0]["decision"] == "update"
    assert client.standings()[FINDING]["decision"] in {"update", "contradiction"}  # what each holds stays theirs


def test_settling_needs_the_token_in_the_form(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    for token in ("", "another"):
        answer = client.post("/agreement/settle", data={"token": token, "finding": FINDING, "decision": "update"})
        assert answer.status_code == 403
    assert stores[0].count() == 0


# Who is answered


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{PORT}", "", "@:x",
     f"user@127.0.0.1:{PORT}", f"10.0.0.1:{PORT}", "127.0.0.1:99999999"],
)  # fmt: skip
def test_another_host_is_refused_everywhere(host: str, folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    for path in ("/", "/api/findings", "/api/decisions", "/agreement", "/article/0"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 421, path
        assert TOKEN not in answer.text


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}", f"LOCALHOST:{PORT}"])
def test_the_names_of_this_machine_are_answered(host: str, folder: Path, stores: list[Store]) -> None:
    assert browser(folder, stores).get("/api/decisions", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1", f"http://localhost:{PORT}", ""],
)
@pytest.mark.parametrize("path", ["/api/decisions", "/api/undo", "/api/views", "/api/session", "/agreement/settle"])
def test_writes_from_another_origin_are_refused(origin: str, path: str, folder: Path, stores: list[Store]) -> None:
    body = {"finding": FINDING, "decision": "update", "reviewer": "x", "name": "x", "query": "y"}
    answer = browser(folder, stores).post(path, json=body, headers={"origin": origin})
    assert answer.status_code == 403
    assert stores[0].count() == 0


def test_our_own_origin_may_write(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    client.headers["origin"] = OWN
    client.decide(FINDING, decision="update")


def test_reading_from_another_page_is_refused(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    assert client.get("/api/findings", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/api/findings", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200  # a link to us may be followed


@pytest.mark.parametrize("token", [None, "", "another", "page-toke", "page-token2", "päge"])
@pytest.mark.parametrize("path", ["/api/decisions", "/api/undo", "/api/views", "/api/session"])
def test_a_write_without_the_pages_token_is_refused(
    token: str | None, path: str, folder: Path, stores: list[Store]
) -> None:
    client = browser(folder, stores)
    del client.headers["x-contradict-token"]
    headers = {} if token is None else {"x-contradict-token": token.encode("utf-8")}
    answer = client.post(path, json={"finding": FINDING, "decision": "update"}, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert stores[0].count() == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_of_another_page_could_send_is_refused(kind: str, folder: Path, stores: list[Store]) -> None:
    body = json.dumps({"finding": FINDING, "decision": "update"})
    answer = browser(folder, stores).post("/api/decisions", content=body, headers={"content-type": kind})
    assert answer.status_code == 415


def test_a_body_beyond_its_bound_is_refused_however_it_is_sent(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    body = json.dumps({"finding": FINDING, "note": "x" * MAX_BODY}).encode()
    headers = {"content-type": "application/json"}
    assert client.post("/api/decisions", content=body, headers=headers).status_code == 413
    pieces = iter([body[i : i + 5_000] for i in range(0, len(body), 5_000)])
    assert client.post("/api/decisions", content=pieces, headers=headers).status_code == 413


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 60_000, b'{"finding": "x", "note": "\\ud800"}'])
def test_a_broken_body_is_refused_in_one_line(body: bytes, folder: Path, stores: list[Store]) -> None:
    answer = browser(folder, stores).post("/api/decisions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"].count("\n") == 0


@pytest.mark.parametrize("path", ["/nowhere", "/article/99", "/article/0?statement=nowhere", "/article/x", "/static/x"])
def test_what_is_not_there_is_not_found(path: str, folder: Path, stores: list[Store]) -> None:
    assert browser(folder, stores).get(path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_not_answered(method: str, folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    answer = client.request(method, "/api/decisions", headers={"content-type": "application/json"})
    assert answer.status_code == 405


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", "evil.example"])
def test_every_answer_carries_the_headers_that_keep_it_from_other_pages(
    host: str, folder: Path, stores: list[Store]
) -> None:
    client = browser(folder, stores)
    for path in ("/", "/api/findings", "/api/decisions", "/agreement", "/article/0", "/nowhere"):
        headers = client.get(path, headers={"host": host}).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


# Beyond this machine


@pytest.mark.parametrize(
    "path", ["/", "/api/findings", "/agreement", "/article/0", "/?token=another", "/agreement?token=sesame"]
)
def test_a_server_that_others_can_reach_asks_for_its_token(path: str, folder: Path, stores: list[Store]) -> None:
    answer = browser(folder, stores, access="sesame").get(path)
    assert answer.status_code == 401
    assert "page-token" not in answer.text


def test_the_address_that_was_printed_lets_in(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores, access="sesame")
    answer = client.get("/?token=sesame")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
    client.decide(FINDING, decision="update")


def test_a_write_needs_the_pages_token_even_with_access(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores, access="sesame")
    client.get("/?token=sesame")
    del client.headers["x-contradict-token"]
    assert client.post("/api/decisions", json={"finding": FINDING, "decision": "update"}).status_code == 403


def test_a_program_may_bring_the_token_as_a_bearer(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores, access="sesame")
    assert client.get("/api/findings", headers={"authorization": "Bearer sesame"}).status_code == 200
    assert client.get("/api/findings", headers={"authorization": "Bearer sesam"}).status_code == 401


# Articles are hostile


def test_the_passage_is_marked_in_the_whole_article(folder: Path, stores: list[Store]) -> None:
    side = two().verdicts[0].pair.a
    page = browser(folder, stores).get(f"/article/0?statement={side.statement}").text
    assert "The rest of the night was calm." in page
    assert re.search(r'<mark id="passage"[^>]*>The storm sank <b>31</b> boats in the harbour', page)


@pytest.mark.parametrize("path", ["/", "/agreement", *(f"/article/{number}" for number in range(6))])
def test_articles_that_hold_markup_are_shown_as_text(path: str, tmp_path: Path, stores: list[Store]) -> None:
    client = browser(tmp_path, stores, made=hostile_scan())
    other = browser(tmp_path, stores, reviewer="Ola")
    for number, finding in enumerate(hostile_scan().findings):
        client.decide(finding.id, decision="update", note=HOSTILE[number % len(HOSTILE)].replace("\ud800", ""))
        other.decide(finding.id, decision="contradiction", note="<script>alert(1)</script>")
    page = client.get(path)
    assert page.status_code == 200
    body = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", page.text, flags=re.DOTALL)
    assert "<script" not in re.sub(r'<script (?:type="application/json" )?id="[a-z]+"[^>]*>[^<]*</script>', "", body)
    assert "<img" not in body
    assert "onerror" not in re.sub(r"&lt;[^<]*|&#34;[^<]*|&quot;[^<]*|\\u003c[^<]*", "", body) or path == "/"


def test_a_line_of_a_hundred_thousand_characters_is_shown(tmp_path: Path, stores: list[Store]) -> None:
    client = browser(tmp_path, stores, made=long_scan())
    side = long_scan().verdicts or long_scan().findings[0].verdicts
    page = client.get(f"/article/0?statement={side[0].pair.a.statement}").text
    assert len(page) > 100_000
    assert "<b>31</b>" in page


def test_an_article_beyond_all_measure_is_cut_and_says_so(tmp_path: Path, stores: list[Store]) -> None:
    big = "Wind. " * 200_000
    claims = [stated(name, *case, before=big) for name, case in BOATS.items()]
    client = browser(tmp_path, stores, made=scanned(found(*claims)))
    page = client.get(f"/article/0?statement={claims[0].statement}").text
    assert "700,001 characters before this are not shown" in page
    assert "<b>31</b>" in page


# Runs


def test_a_scan_into_the_folder_is_seen_without_a_new_start(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    client.decide(FINDING, decision="contradiction")
    third = stated("mail", "The storm sank 50 boats in Lund, the coastguard said.", "50")
    grown = found(*(stated(name, *case) for name, case in BOATS.items()), third)
    fresh = two({"sun": ("A wave took 3 cars in Malm.", "3"), "star": ("In Malm a wave took 9 cars.", "9")})
    write_report(scanned(grown, fresh), folder)
    told = client.get("/api/decisions").json()
    assert told["new"] == [fresh.id]
    assert [(each["finding"], each["status"]) for each in told["decisions"]] == [(grown.id, "decided")]
    assert told["decisions"][0]["changes"][0]["what"] == "joined"


def test_a_decided_finding_that_is_gone_is_told(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    client.decide(FINDING, decision="contradiction")
    write_report(scanned(two(ROOFS)), folder)
    assert [each["finding"] for each in client.get("/api/decisions").json()["gone"]] == [FINDING]
    assert client.post("/api/undo", json={}).json()["finding"] is None


def test_a_report_that_is_being_replaced_is_served_as_it_was(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    (folder / "run.json").write_text("{", encoding="utf-8")
    assert client.get("/").status_code == 200


def test_an_empty_report_is_served(tmp_path: Path, stores: list[Store]) -> None:
    client = browser(tmp_path, stores, made=scanned())
    assert [client.get(path).status_code for path in ("/", "/api/findings", "/agreement")] == [200, 200, 200]


def test_a_folder_without_a_report_is_refused_at_the_start(tmp_path: Path, stores: list[Store]) -> None:
    with pytest.raises(InputError, match="no report"):
        browser(tmp_path, stores)


def test_views_are_kept_by_the_server(folder: Path, stores: list[Store]) -> None:
    client = browser(folder, stores)
    saved = client.post("/api/views", json={"name": "Tolls", "query": "kind=figure&status=open"}).json()
    assert saved == {"views": [{"name": "Tolls", "query": "kind=figure&status=open"}]}
    assert browser(folder, stores).get("/api/views").json() == saved
    assert client.post("/api/views", json={"name": "Tolls", "query": None}).json() == {"views": []}
    assert client.post("/api/views", json={"name": "x", "query": "q" * 2_001}).status_code == 400


def test_deciding_stays_quick_with_many_findings_decided(tmp_path: Path, stores: list[Store]) -> None:
    import time

    made = large_scan(400)
    client = browser(tmp_path, stores, made=made)
    for finding in made.findings[:100]:
        client.decide(finding.id, decision="update")
    started = time.process_time()
    for finding in made.findings[100:120]:
        client.decide(finding.id, decision="update")
    assert (time.process_time() - started) / 20 < 0.25


# The command


def start(folder: Path, *options: str) -> tuple[subprocess.Popen[str], str, str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "contradict", "review", str(folder), "--no-browser", *options],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    line = process.stderr.readline()
    match = re.search(r"http://\S+/", line)
    assert match is not None, line + process.stderr.read()
    return process, match[0], line


def ask(url: str, body: object = None, token: str = "") -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "X-Contradict-Token": token}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:  # noqa: S310
        return dict(json.loads(answer.read()))


def token_of(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 (our own server)
        page = answer.read().decode("utf-8")
    match = re.search(r'"token": ?"([^"]+)"', page)
    assert match is not None
    return match[1]


def test_a_server_killed_in_the_middle_has_kept_every_decision(folder: Path) -> None:
    for finding, choice in ((FINDING, "contradiction"), (OTHER, "update")):
        process, url, _ = start(folder, "--reviewer", "Kari")
        try:
            ask(f"{url}api/decisions", {"finding": finding, "decision": choice}, token_of(url))
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            assert process.stderr is not None
            process.stderr.close()
    process, url, line = start(folder, "--reviewer", "Kari")
    try:
        told = ask(f"{url}api/decisions")["decisions"]
        assert isinstance(told, list)
        assert {(each["finding"], each["decision"]) for each in told} == {(FINDING, "contradiction"), (OTHER, "update")}
        assert f"reviewing {folder} as Kari at http://127.0.0.1:" in line
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
        process.stderr.close()


def test_only_loopback_is_served_without_a_token(folder: Path) -> None:
    process, _, line = start(folder, "--host", "0.0.0.0")  # noqa: S104
    try:
        assert re.search(r"/\?token=\S{20,} ", line)
        port = re.search(r":(\d+)/", line)
        assert port is not None
        with pytest.raises(urllib.error.HTTPError, match="401"):
            ask(f"http://127.0.0.1:{port[1]}/api/findings")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        assert process.stderr is not None
        process.stderr.close()
