"""What a sheet of shops can be refused for."""

from collections.abc import Sequence

from mall_portal.bulk.columns import heading
from timcheh.errors import Conflict, Invalid, Unprocessable
from timcheh.errors.fields import FieldError
from timcheh.text.locale import Locale


class SheetRefused(Unprocessable):
    """The file can't be read as a sheet, or has too much in it; the code says which."""


class SheetMoved(Conflict):
    """The sheet is being opened, or has been."""

    code = "shop_sheet_moved"


class ColumnsMissing(Invalid):
    """The file has no column for what every shop needs."""

    def __init__(self, columns: Sequence[str], locale: Locale) -> None:
        named = "، ".join(heading(column, locale) for column in columns)
        super().__init__(errors=[FieldError("/file", "columns_missing", {"columns": named})])
