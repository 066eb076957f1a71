"""What is logged and counted of each request. No personal data: neither queries nor bodies."""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from prometheus_client import Counter, Histogram

from timcheh.web.context import RequestContext

_BUCKETS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_SLOW: Final = 1.0
# Any token is a method to HTTP. What a stranger makes up becomes neither a label nor a log line.
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET: Final = ("/health", "/metrics", "/static")

_DURATION = Histogram(
    "timcheh_http_request_seconds",
    "Time from the request's arrival to the end of its response.",
    ("method", "route"),
    buckets=_BUCKETS,
)
_REQUESTS = Counter("timcheh_http_requests", "Requests answered.", ("method", "route", "status"))
_log = structlog.get_logger("timcheh.request")


class Observer:
    """Logs a request and counts it. Keeps the metrics' children, which are slow to find."""

    def __init__(self, *, log_all: bool) -> None:
        """Machines get a line for each request (`log_all`), people for those that need a look."""
        self._log_all = log_all
        self._duration: dict[tuple[str, str], Histogram] = {}
        self._requests: dict[tuple[str, str, int], Counter] = {}

    def request(
        self, scope: Mapping[str, Any], context: RequestContext, status: int, seconds: float
    ) -> None:
        """One finished request. `seconds` is how long it took."""
        # The route's pattern, not the path: a path may hold what a person typed.
        route = scope.get("path_template") or "unknown"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._count(method, route, status, seconds)
        if not self._worth_a_line(route, status, seconds):
            return
        caller = context.caller
        _log.info(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            request_id=context.id,
            mall=str(caller.mall_id) if caller else None,
            caller=str(caller.id) if caller else None,
            kind=caller.kind if caller else None,
        )

    def _worth_a_line(self, route: str, status: int, seconds: float) -> bool:
        if status >= 500:
            return True
        if route.startswith(_QUIET):
            return False
        return self._log_all or status >= 400 or seconds >= _SLOW

    def _count(self, method: str, route: str, status: int, seconds: float) -> None:
        duration = self._duration.get((method, route))
        if duration is None:
            duration = self._duration[method, route] = _DURATION.labels(method, route)
        duration.observe(seconds)
        requests = self._requests.get((method, route, status))
        if requests is None:
            requests = self._requests[method, route, status] = _REQUESTS.labels(
                method, route, str(status)
            )
        requests.inc()
