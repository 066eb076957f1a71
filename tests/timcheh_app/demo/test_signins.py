"""The list of who can sign in where."""

from pathlib import Path

import pytest

from timcheh_app.demo.signins import FILE_NAME, Key, SignIn, SignIns

FOUND = SignIns(
    "تیمچهٔ گلستان",
    (
        SignIn("administrator مریم رستگار", "/golestan/mall", "09120000001", "open sesame"),
        SignIn("member زهرا نوری", "/golestan/club", "09120000002", None),
    ),
    (Key("the mall", "tmk_x_y"),),
)


def test_it_is_kept_for_the_next_start_and_for_its_owner_only(tmp_path: Path) -> None:
    assert SignIns.load(tmp_path) is None
    FOUND.save(tmp_path)
    FOUND.save(tmp_path)
    assert SignIns.load(tmp_path) == FOUND
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.feature("plat.demo")
def test_it_tells_page_mobile_and_how_to_prove_oneself() -> None:
    text = "\n".join(FOUND.lines("http://127.0.0.1:8000"))
    for part in (
        "http://127.0.0.1:8000/golestan/mall",
        "mobile 09120000001 · password open sesame",
        "http://127.0.0.1:8000/golestan/club",
        "mobile 09120000002 · the code appears at http://127.0.0.1:8000/dev/inbox",
        "tmk_x_y",
    ):
        assert part in text
