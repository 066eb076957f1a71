"""The batch file as banks read it: names, sums and dates, in each bank's shape."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from shared_pool.banking.ccti import NAMESPACE, PROFILES, Batch, Payment, write_ccti

OURS = "IR820540102680020817909002"
THEIRS = "IR062960000000100324200001"
AT = datetime(2026, 11, 22, 21, 0, 5, tzinfo=UTC)  # 00:30:05 of 2 Azar 1405 in Tehran

pytestmark = pytest.mark.feature("fund.dual")


def batch(*payments: Payment) -> Batch:
    return Batch("مجتمع تیمچه", OURS, 42, AT, ZoneInfo("Asia/Tehran"), payments)


def payment(name: str = "گل‌آرا", amount: int = 147_000) -> Payment:
    return Payment(name, THEIRS, amount, "0499370899", "تسویه ۱۴۰۵/۰۹/۰۲")


def flat(content: bytes, space: str) -> dict[str, str]:
    """The first text at each path."""
    prefix = f"{{{space}}}" if space else ""
    found: dict[str, str] = {}

    def walk(element: ET.Element, path: str) -> None:
        assert element.tag.startswith(prefix)
        here = f"{path}/{element.tag.removeprefix(prefix)}".removeprefix("/")
        if element.text and element.text.strip():
            found.setdefault(here, element.text)
        for child in element:
            walk(child, here)

    root = ET.fromstring(content.decode().partition("?>")[2])
    walk(root, "")
    return found


def test_the_common_shape() -> None:
    made = batch(payment(), payment("لاله", 3_000))
    content = write_ccti(made, PROFILES["common"])
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns=')
    said = flat(content, NAMESPACE)
    head, paid = "Document/CstmrCdtTrfInitn/GrpHdr", "Document/CstmrCdtTrfInitn/PmtInf"
    one = f"{paid}/CdtTrfTxInf"
    assert said == {
        f"{head}/MsgId": OURS + "000000042",
        f"{head}/CreDtTm": "1405-09-02T00:30:05",
        f"{head}/NbOfTxs": "2",
        f"{head}/CtrlSum": "150000",
        f"{head}/InitgPty/Nm": "مجتمع تیمچه",
        f"{paid}/PmtInfId": "1",
        f"{paid}/PmtMtd": "TRF",
        f"{paid}/NbOfTxs": "2",
        f"{paid}/CtrlSum": "150000",
        f"{paid}/ReqdExctnDt": "1405-09-02",
        f"{paid}/Dbtr/Nm": "مجتمع تیمچه",
        f"{paid}/DbtrAcct/Id/IBAN": OURS,
        f"{paid}/DbtrAgt/FinInstnId/BIC": "BMJIIRTHXXX",
        f"{one}/PmtId/InstrId": "EMPTY",
        f"{one}/PmtId/EndToEndId": "EMPTY",
        f"{one}/Amt/InstdAmt": "147000",
        f"{one}/Cdtr/Nm": "گل آرا",  # half-spaces are not for banks
        f"{one}/CdtrAcct/Id/IBAN": THEIRS,
        f"{one}/RmtInf/Ustrd": "تسویه ۱۴۰۵/۰۹/۰۲",
    }
    assert made.message_id == OURS + "000000042"
    assert len(made.message_id) == 35
    assert content.count(b'Ccy="IRR"') == 2


def test_a_bank_that_wants_it_otherwise() -> None:
    content = write_ccti(batch(payment()), PROFILES["mehr"])
    said = flat(content, "")
    one = "Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"
    assert said[f"{one}/Cdtr/Id/PrvtId/Othr/Id"] == "0499370899"
    assert f"{one}/RmtInf/Ustrd" not in said
    assert b'<PmtMtd Ccy="IRR">' in content
    assert NAMESPACE.encode() not in content


@pytest.mark.parametrize(
    ("name", "written"),
    [('<a>&"b"', '<a>&"b"'), ("کافه\u200f\n\x07ناز", "کافه ناز"), ("ا" * 200, "ا" * 140)],
)
def test_names_break_nothing(name: str, written: str) -> None:
    said = flat(write_ccti(batch(payment(name)), PROFILES["common"]), NAMESPACE)
    assert said["Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm"] == written
