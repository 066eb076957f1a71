"""Log lines of our own processes: on standard error, for people or for machines.

Nobody's data gets into them. Exceptions are told without their messages (`timcheh.errors.trace`),
and libraries, which log what passes through their hands, are heard from a warning on.
"""

import contextlib
import logging
import sys
import threading
from types import TracebackType
from typing import IO, Any, BinaryIO, TextIO, cast

import msgspec
import structlog

from timcheh.errors import trace
from timcheh.settings import Settings

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
_OURS = ("timcheh", "timcheh_app")


def configure_logging(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging for this process.

    Call it once, before the first line: loggers remember what they found.
    """
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    _configure_libraries(level)
    _tell_what_ends_the_process()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.log_format == "json":
        structlog.configure(
            processors=[
                *shared,
                structlog.processors.ExceptionRenderer(lambda info: trace(info[1])),
                structlog.processors.JSONRenderer(serializer=_json),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(level),
            logger_factory=structlog.BytesLoggerFactory(
                cast(BinaryIO, _Unfailing(sys.stderr.buffer))
            ),
            cache_logger_on_first_use=True,
        )
    else:
        structlog.configure(
            processors=[*shared, _console()],
            wrapper_class=structlog.make_filtering_bound_logger(level),
            logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Unfailing(sys.stderr))),
            cache_logger_on_first_use=True,
        )


class _Unfailing:
    """A stream that never raises: on a full disk a line is lost, not the request it tells of."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream

    def write(self, line: Any) -> None:
        with contextlib.suppress(OSError):
            self._stream.write(line)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.flush()


class _Discreet(logging.Formatter):
    """The standard library's lines: the first of each message, exceptions without theirs.

    asyncio lists, line by line, the objects an unhandled error was found with, values and all.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  theirs
        record.message = record.message.partition("\n")[0]
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  theirs
        return trace(ei[1])


def _configure_libraries(level: int) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    # Granian brings handlers of its own, with Python's usual traces.
    for theirs in logging.getLogger("_granian").handlers:
        theirs.setFormatter(_Discreet("[%(levelname)s] %(message)s"))


def _tell_what_ends_the_process() -> None:
    """Errors that nobody caught, in the main thread or in another."""
    log = logging.getLogger(_OURS[-1])

    def of_thread(ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None and ended.exc_type is not SystemExit:
            log.critical("a thread ended", exc_info=ended.exc_value)

    def of_process(
        kind: type[BaseException], error: BaseException, _: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            log.critical("the process ends", exc_info=error)

    threading.excepthook, sys.excepthook = of_thread, of_process


def _json(event: object, **_: object) -> bytes:
    return msgspec.json.encode(event, enc_hook=str)


def _console() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=_print_trace
    )


def _print_trace(out: TextIO, info: ExcInfo) -> None:
    out.write("\n" + trace(info[1]))
