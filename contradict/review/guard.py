"""What a request must bring before any page answers it, and the headers that every answer carries.

The server is for one person's browser. Other pages open in that browser can send it requests too: by a form (cross-site
request forgery), or by a name of theirs that they point at this machine (DNS rebinding). So the Host must be one that
we are called by, the Origin our own, and a write must carry the token that stands in our own page.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
TOKEN_HEADER = "x-contradict-token"  # noqa: S105 (the name of a header)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with none at all a browser hides the Origin of our own forms, too
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def _token() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the server listens, and what a request must know to be answered.

    `page_token` stands in the page and goes with every write; `access_token` is asked of every request where others
    than this machine's user can reach the server, else it is None.
    """

    host: str
    port: int
    page_token: str = field(default_factory=_token)
    access_token: str | None = None
    names: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """The address to open, with the token that lets in where there is one."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (compared, not bound)
        bracketed = f"[{shown}]" if ":" in shown else shown
        return f"http://{bracketed}:{self.port}/" + (f"?token={self.access_token}" if self.access_token else "")

    @property
    def cookie(self) -> str:
        """Cookies are shared by all ports of a host: the name tells the servers apart."""
        return f"contradict_{self.port}"

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server: by loopback, by the name it was given, or by a bare address.

        A bare address cannot be rebound to; it is taken only where the server listens to more than this machine.
        """
        try:
            parts = urlsplit(f"//{host}")
            name, port = (parts.hostname or "").rstrip("."), parts.port or 80
        except ValueError:
            return False
        if port != self.port or parts.username is not None or parts.path or parts.query or parts.fragment:
            return False
        if name in {"127.0.0.1", "localhost", "::1", self.host.lower(), *self.names}:
            return True
        return self.access_token is not None and _is_address(name)


class Guard:
    """Answers for the application whatever may not come through to it, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, receive, send)
            return
        refused = self._refusal(scope["method"], scope["path"], Headers(scope=scope), scope["query_string"])
        await (refused or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, method: str, path: str, headers: Headers, query: bytes) -> Response | None:
        if len(headers.getlist("host")) != 1 or not self._address.knows(headers["host"]):
            return _refuse(path, 421, "this server is not known by that name")
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            return _refuse(path, 403, "requests from other pages are refused")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} and path != "/":
            return _refuse(path, 403, "requests from other pages are refused")
        if self._address.access_token is not None and not self._let_in(headers):
            if method == "GET" and path == "/" and same(_query_token(query), self._address.access_token):
                return None  # the page sets the cookie
            return _refuse(path, 401, "open the address that the server printed when it started, with its token")
        if method not in SAFE and path.startswith("/api/"):
            if not same(headers.get(TOKEN_HEADER, ""), self._address.page_token):
                return _refuse(path, 403, "the page's token is missing or of an earlier start; load the page again")
            if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                return _refuse(path, 415, "send JSON, as application/json")
        return None

    def _let_in(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return same(given, self._address.access_token or "")
        return same(cookies(headers).get(self._address.cookie, ""), self._address.access_token or "")


def cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def same(given: str, wanted: str) -> bool:
    """Whether two tokens are the same, in a time that does not tell how far they are."""
    return bool(wanted) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8"))


def is_loopback(host: str) -> bool:
    """Whether a host to listen on is reached from this machine alone."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def new_access_token() -> str:
    return _token()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _query_token(query: bytes) -> str:
    from urllib.parse import parse_qs

    try:
        return parse_qs(query.decode("latin-1"), max_num_fields=20).get("token", [""])[0]
    except ValueError:
        return ""


def _refuse(path: str, status: int, why: str) -> Response:
    if path.startswith("/api/"):
        return JSONResponse({"error": why}, status_code=status)
    return PlainTextResponse(f"contradict: {why}\n", status_code=status)


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
