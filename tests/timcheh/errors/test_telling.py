"""What a log is told of an exception: nothing that somebody typed."""

import pytest
from sqlalchemy import text

from timcheh.access.staff import Staff
from timcheh.db import Database, Scope
from timcheh.errors import Conflict, Invalid, describe, trace
from timcheh.ids import new_id
from timcheh.malls import MallInfo

CANARY = "09381234567"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(f"no {CANARY}"), "ValueError"),
        (KeyError(CANARY), "KeyError"),
        (TypeError("'int' object is not iterable"), "TypeError 'int' object is not iterable"),
        (FileNotFoundError(2, "No such file", CANARY), "FileNotFoundError No such file"),
        (Conflict(mobile=CANARY), "timcheh.errors.tree.Conflict conflict"),
        (Invalid.field(f"/{CANARY}", "unknown_field"), "timcheh.errors.tree.Invalid validation"),
    ],
)  # fmt: skip
def test_an_exception_in_a_few_words(error: Exception, told: str) -> None:
    assert describe(error) == told


def test_a_trace_goes_back_to_the_first_and_tells_no_message() -> None:
    try:
        try:
            int(CANARY + "x")
        except ValueError as first:
            raise ExceptionGroup(CANARY, [RuntimeError(CANARY), first]) from first
    except ExceptionGroup as last:
        told = trace(last)
    assert CANARY not in told
    assert told.index("int(CANARY") < told.index("then:") < told.index("ExceptionGroup")
    assert "RuntimeError" in told


async def test_a_refused_row_is_told_by_its_constraint(database: Database, mall: MallInfo) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        rows = [
            Staff(mall_id=mall.mall_id, id=new_id(), mobile=CANARY, name="x", created_at=uow.now)
            for _ in range(2)
        ]
        uow.session.add(rows[0])
        await uow.session.flush()
        with pytest.raises(Exception, match="duplicate key") as refused:
            async with uow.session.begin_nested():
                uow.session.add(rows[1])
        with pytest.raises(Exception, match="uuid") as unread:
            async with uow.session.begin_nested():
                await uow.session.execute(text(f"SELECT CAST('{CANARY}' AS uuid)"))
    told = trace(refused.value)
    assert "23505 kernel staff staff_mall_id_mobile_uq" in told
    assert CANARY not in told
    assert CANARY in str(unread.value), "or there is nothing to leave out"
    assert CANARY not in trace(unread.value)
