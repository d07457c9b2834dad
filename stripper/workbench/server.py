"""The workbench as a server for this machine alone."""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress
from typing import NamedTuple

import uvicorn

from stripper.workbench.app import app
from stripper.workbench.bench import Bench

HOST = "127.0.0.1"
_TOKEN_BYTES = 32
_BACKLOG = 64
_MOST_REQUESTS = 64
"""Requests at a time; a page makes three."""
_MOST_HEADERS = 16 << 10
"""Bytes of a request's head."""
_PATIENCE = 2
"""Seconds that requests in work have when the server is stopped."""


class Door(NamedTuple):
    """Where the workbench will be reached."""

    socket: socket.socket
    port: int
    token: str

    @property
    def address(self) -> str:
        """What somebody opens in a browser. The token stands behind the #, which browsers never send and no log has."""
        return f"http://{HOST}:{self.port}/#token={self.token}"


def open_door(port: int) -> Door:
    """Takes a port; 0 takes any that is free. From then on whoever comes waits until `serve`. Raises OSError where it is taken already."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, port))
        taken.listen(_BACKLOG)
    except BaseException:
        taken.close()
        raise
    return Door(taken, taken.getsockname()[1], secrets.token_urlsafe(_TOKEN_BYTES))


def serve(bench: Bench, door: Door, opened: str = "") -> None:
    """Answers until Ctrl-C."""
    with suppress(KeyboardInterrupt):
        server(bench, door, opened).run(sockets=[door.socket])


def server(bench: Bench, door: Door, opened: str = "") -> uvicorn.Server:
    """The server, ready to run."""
    config = uvicorn.Config(
        app(bench, door.port, door.token, opened),
        http="h11",
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_REQUESTS,
        h11_max_incomplete_event_size=_MOST_HEADERS,
        timeout_graceful_shutdown=_PATIENCE,
    )
    return uvicorn.Server(config)
