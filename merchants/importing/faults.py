"""The rows that could not be taken, as a sheet that can be mended and brought again."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import select

from merchants.importing.models import ImportBatch, ImportFault
from timcheh.db import UnitOfWork
from timcheh.errors.fields import FieldError
from timcheh.errors.texts import field_message
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

_STRETCH = 1_000


async def faulty_rows(uow: UnitOfWork, batch: ImportBatch) -> AsyncIterator[Sequence[ImportFault]]:
    """The rows at fault in the file's order, some at a time."""
    after = 0
    while True:
        rows = list(
            await uow.session.scalars(
                select(ImportFault)
                .where(
                    ImportFault.mall_id == batch.mall_id,
                    ImportFault.merchant_id == batch.merchant_id,
                    ImportFault.batch_id == batch.id,
                    ImportFault.row > after,
                )
                .order_by(ImportFault.row)
                .limit(_STRETCH)
            )
        )
        if not rows:
            return
        yield rows
        after = rows[-1].row
        uow.session.expunge_all()


def reasons(
    fault: ImportFault, headings: Sequence[str], codes: Sequence[str], locale: Locale
) -> str:
    """What is wrong with a row, in words, each under its column's own heading."""
    said = []
    for column, code, params in fault.faults:
        message = field_message(FieldError(f"/{column}", code, params), locale)
        if column in codes:
            heading = headings[codes.index(column)]
            message = translate(locale, "import-fault", column=heading, message=message)
        said.append(message)
    return " ".join(said)
