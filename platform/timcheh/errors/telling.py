"""What a log may tell of an exception: where it was and of which kind, never its message.

Messages quote what they refuse: PostgreSQL the row that breaks a constraint, a driver the argument
it can't encode, a converter the text it can't read. Any of these may be somebody's name or mobile.
"""

import traceback
from collections.abc import Iterator

from timcheh.errors.tree import TimchehError

# These speak of names in the program.
_OF_THE_CODE = (TypeError, AttributeError, NameError, ImportError, NotImplementedError)
_PLACES = ("sqlstate", "schema_name", "table_name", "constraint_name")


def describe(error: BaseException) -> str:
    """An exception in a few words without anybody's data: its class and what is fixed about it.

    That is an error's code, PostgreSQL's SQLSTATE with the constraint, an operating system's
    reason, or the message where it can only speak of the program itself.
    """
    return " ".join([_name(error), *_fixed(error)])


def trace(error: BaseException) -> str:
    """Where an exception and those it came from were raised, each described, the first first."""
    return "\n".join(_chain(error, set()))


def _chain(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _chain(before, seen)
        yield "then:"
    yield "".join(traceback.format_tb(error.__traceback__)) + describe(error)
    for part in getattr(error, "exceptions", ()):  # of a group
        if id(part) not in seen:
            yield from _chain(part, seen)


def _name(error: BaseException) -> str:
    kind = type(error)
    return (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )


def _fixed(error: BaseException) -> Iterator[str]:
    if isinstance(error, TimchehError):
        yield error.code
    elif isinstance(error, OSError):
        yield from filter(None, [error.strerror])
    elif isinstance(error, _OF_THE_CODE):
        yield str(error)
    else:
        yield from (str(found) for name in _PLACES if (found := getattr(error, name, None)))
