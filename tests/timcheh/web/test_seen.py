"""Three versions of a form: what one side alone has changed is kept, what both have is told."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from timcheh.web.seen import Merged, mark_of, merged, read_seen, write_seen

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = st.sampled_from(["", "a", "b", "c"])
FORMS = st.dictionaries(st.sampled_from(["name", "rung-0", "rung-1", "rung-2"]), WORDS)


def three(was: dict[str, str], typed: dict[str, str], now: dict[str, str]) -> Merged:
    seen = read_seen(write_seen(was, NOW))
    assert seen
    assert seen.at == NOW
    return merged(seen.marks, typed, now)


@given(FORMS, FORMS, FORMS)
def test_nobodys_words_are_lost(
    was: dict[str, str], typed: dict[str, str], now: dict[str, str]
) -> None:
    found = three(was, typed, now)
    for name in {*was, *now}:
        shown, mine, theirs = (each.get(name, "") for each in (was, typed, now))
        both = shown not in (mine, theirs) and mine != theirs
        assert (name in found.both) == both
        kept = found.values.get(name, "")
        assert kept == (theirs if mine == shown else mine)
        assert found.both.get(name, theirs) == theirs


@given(FORMS, FORMS, FORMS)
def test_sent_once_more_it_is_kept(
    was: dict[str, str], typed: dict[str, str], now: dict[str, str]
) -> None:
    first = three(was, typed, now)
    again = three(now, first.values, now)
    assert not again.both
    assert {name: again.values.get(name, "") for name in first.values} == first.values


@given(FORMS, FORMS, FORMS)
def test_rows_whose_places_mean_something_are_never_mixed(
    was: dict[str, str], typed: dict[str, str], now: dict[str, str]
) -> None:
    def rungs(form: dict[str, str]) -> dict[str, str]:
        return {name: word for name, word in form.items() if name.startswith("rung-") and word}

    seen = read_seen(write_seen(was, NOW))
    assert seen
    found = merged(seen.marks, typed, now, ["rung-"])
    assert rungs(found.values) in (rungs(typed), rungs(now))
    changed = rungs(was) not in (rungs(typed), rungs(now)) and rungs(typed) != rungs(now)
    assert changed == any(name.startswith("rung-") for name in found.both)


def test_what_a_browser_does_to_a_text_is_no_change() -> None:
    assert mark_of("a\r\nb ") == mark_of("a\nb")
    assert mark_of("۱٬۲۵۰٬۰۰۰") == mark_of("1,250,000") == mark_of("1250000")
    assert mark_of("12,5") != mark_of("125")
    assert mark_of(" ") == mark_of("") == ""


def test_what_no_form_of_ours_says_is_nothing_known() -> None:
    for written in ("", "x", "=", "=x", "name=1", "=" + "9" * 20, "=١٢"):
        assert read_seen(written) is None
