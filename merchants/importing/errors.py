"""What an import can be refused for."""

from timcheh.errors import Conflict, Unprocessable


class SheetRefused(Unprocessable):
    """The file can't be read as a sheet, or has too much in it; the code says which."""


class ImportMoved(Conflict):
    """The import is at another step meanwhile."""

    code = "import_moved"
