"""What is printed of a batch: label sheets as PDF, made by a job, and a list as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from urllib.parse import quote

from merchants.codes.digits import CodeBook, grouped
from merchants.codes.models import CodeBatch
from merchants.codes.service import ORDERED, PRINT, serials_of
from merchants.shops.service import find_shop
from timcheh.db import UnitOfWork
from timcheh.malls import read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.printing import print_waiting
from timcheh.printing.models import PrintPart
from timcheh.text.locale import Locale
from timcheh.web.frame import View
from timcheh.web.render import Renderer


async def _print(context: JobContext) -> None:
    book = CodeBook(context.settings.secret_key.get_secret_value())

    async def layout(uow: UnitOfWork, part: PrintPart) -> str:
        batch = await uow.session.get_one(CodeBatch, (uow.scope.mall_id, part.subject_id))
        serials = await serials_of(uow, batch.id, part.first, part.last)
        shop, mall = await find_shop(uow, batch.merchant_id), await read_mall(uow)
        labels = [
            {"code": grouped(code), "qr": link_of(batch, code)}
            for code in (book.code(batch.id, serial) for serial in serials)
        ]
        values = {"labels": labels, "points": batch.points, "name": batch.name, "shop": shop.name}
        view = View(locale=Locale(mall.locale), now=uow.now, trial=mall.trial_of)
        return _renderer().render("merchants/codes/sheet.html", values, view)

    await print_waiting(context, PRINT, "labels", layout)


JOB = RecurringJob("merchants.print_codes", _print, every=timedelta(minutes=10), wake_on=(ORDERED,))


def link_of(batch: CodeBatch, code: str) -> str:
    """What a code's QR says: where its points are taken."""
    return f"{batch.link}?code={quote(code)}"


def csv_of(book: CodeBook, batch: CodeBatch, serials: list[int]) -> Iterator[str]:
    """The batch's codes, a line each, with a mark by which Excel takes it for Unicode."""
    yield "\ufeffserial,code,link\r\n"
    for serial in serials:
        code = book.code(batch.id, serial)
        line = io.StringIO()
        # A tab keeps the leading zeros that a spreadsheet would drop.
        csv.writer(line).writerow([serial, f"\t{code}", link_of(batch, code)])
        yield line.getvalue()


@cache
def _renderer() -> Renderer:
    return Renderer(["merchants"])
