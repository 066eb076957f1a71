"""Forms filled in with anything: read whole, or refused with faults of their own fields."""

import contextlib
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from exchange.agreements.proposal import LONGEST_NOTICE, read_proposal
from mall_portal.onboarding.intake import read_intake, read_terms
from merchants.till.entry import read_entry, renumbered
from tests.hostile import texts
from tests.hypotheses import sized
from timcheh.errors import Invalid
from timcheh.ids import new_id
from timcheh.money import MoneyUnit
from timcheh.web.form import field_name

STEPS = {
    "shop": {"name": "گل‌آرا", "slug": "gol", "kind": "person", "branches": "یک\nدو"},
    "owner": {"owner_name": "مریم", "owner_mobile": "09121234567"},
    "terms": {"credit_limit": "100", "fee": "2"},
    "rules": {"rules": "template", "percent": "5", "days": "30"},
    "team": {"staff-0-name": "سارا", "staff-0-mobile": "09121234568"},
}
TERMS = {"acceptor_id": str(new_id()), "max_share_percent": "30", "fee_percent": "2"}
PROPOSAL_FIELDS = (*TERMS, "ends_at", "notice_days")
STEP_FIELDS = {
    "shop": (*STEPS["shop"], "trade", "national_id"),
    "owner": (*STEPS["owner"], "sheba"),
    "terms": (*STEPS["terms"], "deposit", "contract", "starts_on", "ends_on"),
    "rules": (*STEPS["rules"], "scope", "extra-birthday"),
    "team": (*STEPS["team"], "staff-0-role", "staff-0-branch", "staff-1-mobile"),
}
TILL_FIELDS = ("member", "lines-0-name", "lines-0-price", "lines-0-quantity", "lines-999999-price")


def filled(base: dict[str, str], names: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    """A good form with some of its fields spoilt."""
    spoilt = st.dictionaries(st.sampled_from(names), texts(40), max_size=3)
    return spoilt.map(lambda more: {**base, **more})


def typed() -> st.SearchStrategy[dict[str, dict[str, str]]]:
    """All steps of a new shop, some of their fields spoilt."""
    return st.fixed_dictionaries(
        {name: filled(fields, STEP_FIELDS[name]) for name, fields in STEPS.items()}
    )


@sized(ci=200, nightly=50_000)
@given(typed(), st.sampled_from(MoneyUnit))
def test_a_shop_is_read_whole_or_refused(steps: dict[str, dict[str, str]], unit: MoneyUnit) -> None:
    try:
        intake = read_intake(steps, unit)
    except Invalid as refused:
        named = {field_name(fault) for fault in refused.errors}
        asked = {field for fields in STEP_FIELDS.values() for field in fields}
        assert named <= asked | {"staff-1-name"}
        return
    assert 0 <= intake.terms.credit_limit <= 10**15
    assert 0 <= intake.terms.deposit <= 10**15
    assert 1 <= len(intake.identity.name) <= 100
    assert {person.branch for person in intake.team} <= {None, *intake.identity.branches}
    if intake.rules is not None:
        assert 1 <= intake.rules.bps <= 10_000
        assert intake.rules.days >= 1


def test_a_limit_behind_many_zeros_is_still_the_limit() -> None:
    terms = {"credit_limit": "0" * 25 + "500"}
    assert read_terms(terms, MoneyUnit.RIAL).credit_limit == 500


@sized(ci=200, nightly=50_000)
@given(filled(TERMS, PROPOSAL_FIELDS))
def test_a_proposal_is_read_whole_or_refused(form: dict[str, str]) -> None:
    with contextlib.suppress(Invalid):
        asked = read_proposal(form)
        assert 0 <= asked.fee_bps <= 10_000
        assert 1 <= asked.max_share_bps <= 10_000
        assert 0 <= asked.notice_days <= LONGEST_NOTICE
        assert asked.ends_at is None or asked.ends_at > datetime(600, 1, 1, tzinfo=UTC)


@sized(ci=200, nightly=50_000)
@given(filled({"member": "09121234567", "lines-0-price": "5"}, TILL_FIELDS))
def test_a_sale_is_read_or_its_faults_are_told(form: dict[str, str]) -> None:
    values, rows = renumbered(form)
    assert rows >= 1
    entry = read_entry(values, {}, (), MoneyUnit.TOMAN)
    assert entry.faults or (entry.member and entry.lines)
    for line in entry.lines:
        assert 0 <= line.unit_price <= 10**15
        assert 0 < line.quantity_milli <= 10**9
