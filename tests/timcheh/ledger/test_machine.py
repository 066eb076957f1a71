"""The ledger against a naive model: random events in random order, compared after every step."""

import asyncio

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.hypotheses import sized
from tests.timcheh.ledger.machine import LedgerMachine
from timcheh.db import Database, Role
from timcheh.settings import Settings

EXPECTED = {
    "grant", "grant: limit_exceeded", "top_up", "spend_at_issuer", "spend_at_issuer: lot_short",
    "spend_at_another", "spend_at_another: lot_short", "spend_points", "spend_points: lot_short",
    "spend_wallet", "spend_wallet: lot_short", "spend_several", "spend_several: lot_short", "hold",
    "hold: lot_short", "confirm", "cancel", "pass_time", "time_out", "expire", "give_back",
    "take_back", "take_back: lot_short", "correct", "correct: lot_short", "correct: not_found",
    "deposit", "withdraw", "withdraw: limit_exceeded", "settle", "set_limit", "suspend", "roll_up",
    "seal", "seal_one", "break_off",
}  # fmt: skip


@pytest.mark.feature("fund.proof")
@pytest.mark.feature("fund.limits")
@pytest.mark.feature("sale.two_phase")
@pytest.mark.feature("sale.refund")
def test_the_ledger_agrees_with_a_naive_model(settings: Settings) -> None:
    LedgerMachine.fired.clear()
    LedgerMachine.database = Database({role: settings.dsn(role) for role in Role})
    with asyncio.Runner() as LedgerMachine.runner:
        try:
            run_state_machine_as_test(
                LedgerMachine, settings=sized(ci=60, nightly=2_000, stateful_step_count=30)
            )
        finally:
            LedgerMachine.runner.run(LedgerMachine.database.stop())
    print(sorted(LedgerMachine.fired.items()))
    assert EXPECTED - set(LedgerMachine.fired) == set()
