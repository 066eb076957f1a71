"""Who gets the webhooks: a plain HTTP server that counts, and now and then lets one fall."""

import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class Receiver:
    """A context. `answered` counts the deliveries answered with 200, by id; `bodies` their text."""

    def __init__(self) -> None:
        self.answered: Counter[str] = Counter()
        self.bodies: dict[str, set[bytes]] = {}
        self.dropped = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, name="receiver")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def take(self, delivery: str, body: bytes) -> int | None:
        """The status to answer with; None to hang up without one, though it was taken."""
        with self._lock:
            self.bodies.setdefault(delivery, set()).add(body)
            fate = random.random()
            if fate < 0.02:
                self.dropped += 1
                return 500 if fate < 0.01 else None
            self.answered[delivery] += 1
            return 200

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take(self.headers["Timcheh-Delivery"], body)
            if status is None:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler
