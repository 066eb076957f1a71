"""The ledger against a naive model: random events in random order, compared after every step."""

from collections.abc import Callable, Iterator

import hypothesis.internal.conjecture.engine
import hypothesis.stateful
import pytest
import uvloop
from hypothesis.stateful import run_state_machine_as_test

from tests.hypotheses import MUTANTS, rounds, sized
from tests.timcheh.ledger.machine import LedgerMachine
from tests.timcheh.ledger.tally import Tally
from tests.timcheh.ledger.twin import Twin
from timcheh.settings import Settings

RULES = {
    "grant", "top_up", "spend_at_issuer", "spend_at_another", "spend_points", "spend_wallet",
    "spend_several", "spend_in_a_batch", "spend_and_earn", "hold", "confirm", "cancel", "pass_time",
    "time_out", "expire", "give_back", "take_back", "give_and_take_back", "correct", "deposit",
    "withdraw", "settle", "settle_gateway", "commission", "set_limit", "suspend", "keep_house",
    "fail_midway",
}  # fmt: skip
REFUSALS = {
    ("grant", "limit_exceeded"), ("spend_at_issuer", "lot_short"),
    ("spend_at_another", "lot_short"), ("spend_points", "lot_short"),
    ("spend_wallet", "lot_short"), ("spend_several", "lot_short"),
    ("spend_in_a_batch", "lot_short"), ("spend_and_earn", "lot_short"),
    ("spend_and_earn", "limit_exceeded"), ("hold", "lot_short"), ("take_back", "lot_short"),
    ("give_and_take_back", "lot_short"), ("correct", "lot_short"), ("correct", "not_found"),
    ("correct", "limit_exceeded"), ("withdraw", "limit_exceeded"), ("expire", "held"),
    ("fail_midway", "given_up"), ("fail_midway", "refused"), ("fail_midway", "killed"),
}  # fmt: skip
LEAST = 0.01


@pytest.fixture
def every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis leaves a few rules out of each example, and then each one's share is luck."""
    # There is no setting for it (nor for BUFFER_SIZE below).
    monkeypatch.setattr(
        hypothesis.stateful.RuleStrategy,
        "_rule_is_enabled",
        lambda strategy, rule: strategy.is_valid(rule),
    )


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """Counts of this run, shown at the end of the tests."""
    LedgerMachine.tally = Tally()
    yield LedgerMachine.tally
    record_property("counted", LedgerMachine.tally.table())


def check(tally: Tally, examples: int, steps: int, least: float = LEAST) -> None:
    """Nearly every example ran to its end, and every rule did its work often enough."""
    if MUTANTS:  # too few to tell
        return
    assert tally.steps >= 0.75 * examples * steps
    assert set(tally.happened) == RULES
    assert tally.rare(least) == []
    if least == LEAST:
        assert REFUSALS - set(tally.refused) == set()


@pytest.mark.usefixtures("every_rule")
@pytest.mark.feature("fund.proof")
@pytest.mark.feature("fund.limits")
@pytest.mark.feature("sale.two_phase")
@pytest.mark.feature("sale.refund")
def test_the_ledger_agrees_with_a_naive_model(
    settings: Settings, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples, steps = rounds(ci=200, nightly=2_000, quick=40), 50
    loop = uvloop.new_event_loop()
    twin = Twin(settings, loop)
    monkeypatch.setattr(LedgerMachine, "twin", twin)
    try:
        run_state_machine_as_test(
            LedgerMachine, settings=sized(examples, examples, examples, stateful_step_count=steps)
        )
    finally:
        twin.run(twin.close())
        loop.close()
    check(tally, examples, steps, _least(examples, enough=200))


@pytest.mark.usefixtures("every_rule")
def test_the_model_keeps_its_own_promises(tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that broke a law of the design could agree with a ledger that breaks it too."""
    # A history of 512 steps is longer than Hypothesis lets one example be.
    for module in (hypothesis.internal.conjecture.engine, hypothesis.stateful):
        monkeypatch.setattr(module, "BUFFER_SIZE", 2**17)
    examples, steps = rounds(ci=100, nightly=512, quick=40), rounds(ci=100, nightly=512)
    run_state_machine_as_test(
        LedgerMachine, settings=sized(examples, examples, examples, stateful_step_count=steps)
    )
    check(tally, examples, steps, _least(examples, enough=512))


def _least(examples: int, enough: int) -> float:
    """Few examples give uneven shares."""
    return LEAST if examples >= enough else LEAST * examples / enough / 2
