"""Log lines of our own processes: on standard error, for people or for machines."""

import contextlib
import logging
import sys
from typing import IO, Any, BinaryIO, TextIO, cast

import msgspec
import structlog

from timcheh.settings import Settings


def configure_logging(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging for this process.

    Call it once, before the first line: loggers remember what they found.
    """
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(levelname)s %(name)s: %(message)s"
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.log_format == "json":
        structlog.configure(
            processors=[
                *shared,
                structlog.processors.format_exc_info,
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


def _json(event: object, **_: object) -> bytes:
    return msgspec.json.encode(event, enc_hook=str)


def _console() -> structlog.dev.ConsoleRenderer:
    # Plain traces: the pretty ones show local variables, and those hold people's data.
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
