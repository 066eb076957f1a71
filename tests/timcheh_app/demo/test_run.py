"""The two commands' work, on one day of the data."""

from datetime import date, timedelta

import pytest

from timcheh.settings import Settings
from timcheh_app.demo import run, run_demo, run_replay, source
from timcheh_app.demo.purchases import Window


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A week of the real data takes a minute; what is tested here doesn't need it."""

    def newest(weeks: int, today: date) -> Window:
        return Window(source.LAST_DAY, source.LAST_DAY, today - timedelta(days=weeks))

    monkeypatch.setattr(run, "newest", newest)


@pytest.mark.feature("plat.demo")
def test_the_demo_is_made_once_and_tells_every_time(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    run_demo(settings, weeks=1)
    first = capsys.readouterr()
    assert "100 %" in first.err
    assert "purchases/s" in first.out
    assert f"http://127.0.0.1:{settings.port}/golestan/club/sign-in" in first.out
    run_demo(settings, weeks=1)
    again = capsys.readouterr()
    assert again.err == ""
    assert first.out.endswith(again.out)
    assert "golestan-1404" in again.out


def test_a_replay_fills_an_empty_mall_and_proves_it(
    fresh_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_replay(fresh_settings, weeks=1, mall="test-replay") == 0
    out = capsys.readouterr().out
    assert "purchases/s" in out
    assert "ok    transfers_balanced" in out
    assert "every invariant holds" in out
    assert run_replay(fresh_settings, weeks=1, mall="test-replay") == 2
    assert "has shops already" in capsys.readouterr().out
