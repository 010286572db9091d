"""The review application: pages and a small API over one report and its log of decisions."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs, quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from contradict.errors import ContradictError, InputError
from contradict.report.records import Record
from contradict.review.desk import Desk, NothingToUndo, entry
from contradict.review.front import Front
from contradict.review.guard import Address, Guard, cookies, same
from contradict.review.pages import agreement_page, article_page, page_policy
from contradict.review.records import Decision, read_change, read_name
from contradict.review.store import View

MAX_BODY = 1 << 16  # bytes of a request: a note has ten thousand characters at most
MAX_QUERY = 2_000  # characters of a saved view
_SETTLE = "/agreement/settle"


class TooLarge(ContradictError):
    """A request's body is longer than any that a page of ours sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What one start of the server serves: to whom, and whether scores and other people's choices are hidden.

    `front` is one that has been made ahead.
    """

    desk: Desk
    address: Address
    reviewer: str
    blind: bool = False
    front: Front | None = None


def make_app(session: Session) -> Starlette:
    """The application; `session.address` is what it is called by."""
    handlers = _Handlers(session)
    routes = [
        Route("/", handlers.front),
        Route("/agreement", handlers.agreement),
        Route(_SETTLE, handlers.settle, methods=["POST"]),
        Route("/article/{number:int}", handlers.article),
        Route("/api/findings", handlers.findings),
        Route("/api/decisions", handlers.decisions, methods=["GET"]),
        Route("/api/decisions", handlers.decide, methods=["POST"]),
        Route("/api/undo", handlers.undo, methods=["POST"]),
        Route("/api/views", handlers.views, methods=["GET"]),
        Route("/api/views", handlers.save_view, methods=["POST"]),
        Route("/api/session", handlers.name_reviewer, methods=["POST"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, address=session.address)],
        exception_handlers={HTTPException: _http_error, ContradictError: _error, Exception: _fault},
    )


class _Handlers:
    """The answers; whatever reads a file or waits for the store runs in a thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._desk = session.desk
        self._address = session.address
        self._front = session.front or Front(blind=session.blind)

    async def front(self, request: Request) -> Response:
        if self._address.access_token is not None and same(
            request.query_params.get("token", ""), self._address.access_token
        ):
            response: Response = RedirectResponse("/", status_code=303)
            # Lax: the address is often opened from a message, and no write goes by the cookie alone.
            response.set_cookie(self._address.cookie, self._address.access_token, httponly=True, samesite="lax")
            return response
        reviewer = self._reviewer(request)

        def make() -> Response:
            edition = self._desk.edition()
            page, policy = self._front.page(edition, token=self._address.page_token, reviewer=reviewer)
            return HTMLResponse(page, headers={"Content-Security-Policy": policy})

        return await run_in_threadpool(make)

    async def findings(self, request: Request) -> Response:
        def make() -> Response:
            return Response(self._front.data(self._desk.edition()), media_type="application/json")

        return await run_in_threadpool(make)

    async def decisions(self, request: Request) -> Response:
        reviewer = self._reviewer(request)
        return await run_in_threadpool(lambda: JSONResponse(self._decisions(reviewer)))

    def _decisions(self, reviewer: str) -> Record:
        edition, state = self._desk.edition(), self._desk.present()
        shown = [each for (_, name), each in state.standings.items() if name == reviewer or not self._session.blind]
        gone = [each for each in state.gone if each.reviewer == reviewer or not self._session.blind]
        names = ("finding", "matter", "decision", "reviewer", "at", "note")
        return {
            "decisions": [entry(each, mine=each.decision.reviewer == reviewer) for each in shown],
            "settled": [] if self._session.blind else [entry(each, mine=False) for each in state.settled.values()],
            "new": list(edition.new),
            "gone": [{name: each.record()[name] for name in names} for each in gone],
            "log": self._desk.store.count(),
            "reviewer": reviewer,
            "blind": self._session.blind,
        }

    async def decide(self, request: Request) -> Response:
        change = read_change(await _json_body(request))
        reviewer = self._reviewer(request)

        def record() -> Response:
            made = self._desk.decide(change, reviewer)
            return JSONResponse({"record": self._told(made), **self._state(change.finding, reviewer)}, status_code=201)

        return await run_in_threadpool(record)

    async def undo(self, request: Request) -> Response:
        reviewer = self._reviewer(request)

        def take_back() -> Response:
            try:
                undone, finding = self._desk.undo(reviewer)
            except NothingToUndo as error:
                return JSONResponse({"error": str(error)}, status_code=409)
            state = self._state(finding, reviewer) if finding is not None else {"finding": None, "state": None}
            return JSONResponse({"undone": self._told(undone), **state})

        return await run_in_threadpool(take_back)

    def _told(self, decision: Decision) -> Record:
        """A record as it is answered with: without what the tool made of the finding where that is hidden."""
        record = decision.record()
        return record | {"score": None, "pair": None} if self._session.blind else record

    def _state(self, finding: str, reviewer: str) -> Record:
        standing = self._desk.standing(finding, reviewer)
        return {"finding": finding, "state": entry(standing, mine=True) if standing is not None else None}

    async def views(self, request: Request) -> Response:
        def make() -> Response:
            views = self._desk.store.views()
            return JSONResponse({"views": [{"name": view.name, "query": view.query} for view in views]})

        return await run_in_threadpool(make)

    async def save_view(self, request: Request) -> Response:
        body = await _json_body(request)
        query = body.get("query")
        try:
            name = read_name(body.get("name"))
        except ValueError as error:
            raise InputError(str(error).replace("reviewer", "name")) from error
        if query is not None and (not isinstance(query, str) or len(query) > MAX_QUERY):
            raise InputError(f"'query' is no text of at most {MAX_QUERY} characters")

        def keep() -> None:
            if isinstance(query, str):
                self._desk.store.save_view(View(name, query))
            else:
                self._desk.store.remove_view(name)

        await run_in_threadpool(keep)
        return await self.views(request)

    async def name_reviewer(self, request: Request) -> Response:
        try:
            name = read_name((await _json_body(request)).get("reviewer"))
        except ValueError as error:
            raise InputError(str(error)) from error
        response = JSONResponse({"reviewer": name})
        response.set_cookie(f"{self._address.cookie}_reviewer", quote(name), httponly=True, samesite="strict")
        return response

    async def agreement(self, request: Request) -> Response:
        return await run_in_threadpool(self._agreement)

    def _agreement(self) -> Response:
        state = self._desk.present()
        page = agreement_page(
            state,
            self._desk.edition().findings,
            token=self._address.page_token,
            blind=self._session.blind,
            action=_SETTLE,
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": page_policy(form=True)})

    async def settle(self, request: Request) -> Response:
        """A form of the agreement page: its token is in the body, since a form can set no header."""
        fields = _form(await _body(request))
        if not same(fields.get("token", ""), self._address.page_token):
            return PlainTextResponse("contradict: the page's token is missing; load the page again\n", status_code=403)
        if self._session.blind:
            return PlainTextResponse("contradict: a blind session settles nothing\n", status_code=403)
        wanted = {name: fields[name] for name in ("finding", "decision", "note") if fields.get(name)}
        change = read_change(wanted | {"settles": True})
        reviewer = self._reviewer(request)
        await run_in_threadpool(lambda: self._desk.decide(change, reviewer))
        return RedirectResponse("/agreement", status_code=303)

    async def article(self, request: Request) -> Response:
        number, statement = int(request.path_params["number"]), request.query_params.get("statement", "")

        def make() -> Response:
            edition = self._desk.edition()
            claim = edition.statements.get(statement)
            documents = list(edition.report.documents.values())
            if claim is None and (statement or number >= len(documents)):
                raise HTTPException(404, "the report has no such statement; load the page of findings again")
            document = claim.document if claim is not None else documents[number]
            page = article_page(document, claim)
            return HTMLResponse(page, headers={"Content-Security-Policy": page_policy(form=False)})

        return await run_in_threadpool(make)

    def _reviewer(self, request: Request) -> str:
        """Who reviews in this browser: the name given there, else the one that the server was started with."""
        with suppress(ValueError):
            return read_name(unquote(cookies(request.headers).get(f"{self._address.cookie}_reviewer", "")))
        return self._session.reviewer


async def _body(request: Request) -> bytes:
    """The body, read no further than its bound. Raises `TooLarge`."""
    held = b""
    try:
        async for chunk in request.stream():
            held += chunk
            if len(held) > MAX_BODY:
                raise TooLarge(f"the request is longer than {MAX_BODY:,} bytes")
    except ClientDisconnect as error:
        raise InputError("the request ended early") from error
    return held


async def _json_body(request: Request) -> dict[str, object]:
    try:
        record = json.loads(await _body(request))
    except (ValueError, RecursionError) as error:
        raise InputError(f"the request is not JSON ({error})") from error
    if not isinstance(record, dict):
        raise InputError("the request is not a JSON object")
    return record


def _form(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=20)
    except ValueError as error:
        raise InputError(f"the form cannot be read ({error})") from error
    return {name: values[0] for name, values in fields.items()}


def _says(request: Request, why: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": why}, status_code=status)
    return PlainTextResponse(f"contradict: {why}\n", status_code=status)


async def _error(request: Request, error: Exception) -> Response:
    status = 413 if isinstance(error, TooLarge) else 400 if isinstance(error, InputError) else 503
    return _says(request, str(error), status)


async def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    why = error.detail or HTTPStatus(error.status_code).phrase
    response = _says(request, why, error.status_code)
    response.headers.update(error.headers or {})
    return response


async def _fault(request: Request, error: Exception) -> Response:
    return _says(request, "a fault of contradict; the terminal that it runs in says more", 500)
