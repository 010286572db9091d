"""The application on a port of this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from contradict.errors import SettingError
from contradict.review.desk import Desk
from contradict.review.front import Front
from contradict.review.guard import Address, is_loopback, new_access_token
from contradict.review.server import Session, make_app
from contradict.review.store import NAME, Store

_END_WITHIN = 3  # seconds that open requests have when the server is ended
_BACKLOG = 128
_MOST_REQUESTS = 100  # at once


def serve(
    directory: Path,
    *,
    host: str,
    port: int,
    reviewer: str,
    blind: bool,
    on_start: Callable[[Address], None],
) -> None:
    """Serves the review of a report until it is interrupted; `on_start` is told the address once it can be opened.

    Port 0 is any free one. Where `host` is not this machine's loopback, every request must bring an access token.
    Raises `InputError` where the folder has no report, and `SettingError` where host and port cannot be had.
    """
    with Store(directory / NAME) as store:
        desk = Desk(directory, store)
        with _bound(host, port) as listening:
            address = Address(
                host=host,
                port=listening.getsockname()[1],
                access_token=None if is_loopback(host) else new_access_token(),
                names=frozenset() if is_loopback(host) else frozenset({socket.gethostname().lower()}),
            )
            front = Front(blind=blind)
            app = make_app(Session(desk=desk, address=address, reviewer=reviewer, blind=blind, front=front))
            config = uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=_MOST_REQUESTS,
                timeout_graceful_shutdown=_END_WITHIN,
            )
            listening.listen(_BACKLOG)  # from here on a browser that is told the address is answered
            threading.Thread(target=lambda: front.data(desk.edition()), daemon=True).start()  # while the page loads
            on_start(address)
            uvicorn.Server(config).run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise SettingError(f"--host: {host}: no such address ({error}); leave it out for this machine alone") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
    except OSError as error:
        listening.close()
        why = error.strerror or str(error)
        raise SettingError(f"--port: {host}:{port} cannot be had ({why}); leave it out for a free one") from error
    return listening
