"""Batch files of Paya (`.ccti`): ISO 20022 pain.001.001.03 in shape, with what each bank changes.

Dates are Jalali in Latin digits. A file's name and its message's id are the payer's Sheba and a
serial of nine digits. Taken from files that banks and their customers have published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from timcheh.calendar.jalali import Jalali
from timcheh.text.normalise import strip_bidi

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
CENTRAL_BANK: Final = "BMJIIRTHXXX"
"""Paya clears at the central bank, whose BIC stands for the payer's in every sample."""
NONE_GIVEN: Final = "EMPTY"
MOST_SERIAL: Final = 999_999_999
_LONGEST_NAME: Final = 140
_LONGEST_NOTE: Final = 140
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ZWNJ: Final = "\u200c"


@dataclass(frozen=True, slots=True)
class BankProfile:
    """Where a bank's files differ from what most take."""

    namespace: bool = True
    currency_of_method: bool = False
    """`Ccy` also at PmtMtd."""
    national_id: bool = False
    """The payee's کد ملی or شناسه ملی, in place of the note, which has no field there."""


PROFILES: Final[dict[str, BankProfile]] = {
    "common": BankProfile(),
    "mehr": BankProfile(namespace=False, currency_of_method=True, national_id=True),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """A transfer to a shop, rial; `note` is what its statement says."""

    name: str
    sheba: str
    amount: int
    national_id: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one file asks for. `made_at` is aware; `serial` is never used twice by a payer."""

    holder: str
    sheba: str
    serial: int
    made_at: datetime
    zone: ZoneInfo
    payments: Sequence[Payment]

    @property
    def message_id(self) -> str:
        """35 characters, as many as the standard allows."""
        return f"{self.sheba}{self.serial:09d}"

    @property
    def total(self) -> int:
        return sum(payment.amount for payment in self.payments)


def write_ccti(batch: Batch, profile: BankProfile) -> bytes:
    """The file's bytes, UTF-8."""
    root = ET.Element("Document", {"xmlns": NAMESPACE} if profile.namespace else {})
    message = ET.SubElement(root, "CstmrCdtTrfInitn")
    local = batch.made_at.astimezone(batch.zone)
    day = "{:04d}-{:02d}-{:02d}".format(*Jalali.of(local.date()))
    _header(message, batch, f"{day}T{local:%H:%M:%S}")
    payments = _payer(message, batch, profile, day)
    for payment in batch.payments:
        _payment(payments, payment, profile)
    ET.indent(root, "\t")
    return (_HEAD + ET.tostring(root, encoding="unicode") + "\n").encode()


def _header(message: ET.Element, batch: Batch, moment: str) -> None:
    header = ET.SubElement(message, "GrpHdr")
    _put(header, "MsgId", batch.message_id)
    _put(header, "CreDtTm", moment)
    _put(header, "NbOfTxs", len(batch.payments))
    _put(header, "CtrlSum", batch.total)
    _put(header, "InitgPty/Nm", _words(batch.holder, _LONGEST_NAME))


def _payer(message: ET.Element, batch: Batch, profile: BankProfile, day: str) -> ET.Element:
    info = ET.SubElement(message, "PmtInf")
    _put(info, "PmtInfId", 1)
    method = _put(info, "PmtMtd", "TRF")
    if profile.currency_of_method:
        method.set("Ccy", "IRR")
    _put(info, "NbOfTxs", len(batch.payments))
    _put(info, "CtrlSum", batch.total)
    _put(info, "ReqdExctnDt", day)
    _put(info, "Dbtr/Nm", _words(batch.holder, _LONGEST_NAME))
    _put(info, "DbtrAcct/Id/IBAN", batch.sheba)
    _put(info, "DbtrAgt/FinInstnId/BIC", CENTRAL_BANK)
    return info


def _payment(info: ET.Element, payment: Payment, profile: BankProfile) -> None:
    one = ET.SubElement(info, "CdtTrfTxInf")
    ids = ET.SubElement(one, "PmtId")
    _put(ids, "InstrId", NONE_GIVEN)
    _put(ids, "EndToEndId", NONE_GIVEN)
    _put(one, "Amt/InstdAmt", payment.amount).set("Ccy", "IRR")
    payee = ET.SubElement(one, "Cdtr")
    _put(payee, "Nm", _words(payment.name, _LONGEST_NAME))
    if profile.national_id:
        _put(payee, "Id/PrvtId/Othr/Id", payment.national_id or NONE_GIVEN)
    _put(one, "CdtrAcct/Id/IBAN", payment.sheba)
    if not profile.national_id:
        _put(one, "RmtInf/Ustrd", _words(payment.note, _LONGEST_NOTE))


def _put(parent: ET.Element, path: str, value: str | int) -> ET.Element:
    """An element at the end of a chain of new ones."""
    for name in path.split("/"):
        parent = ET.SubElement(parent, name)
    parent.text = str(value)
    return parent


def _words(text: str, longest: int) -> str:
    """Without what old banking systems stumble over: half-spaces, marks of direction, controls."""
    plain = strip_bidi(text).replace(_ZWNJ, " ")
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:longest]
