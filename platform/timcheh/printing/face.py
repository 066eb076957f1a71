"""Pages for the printer carry the mall's own face; nothing is fetched while they are printed."""

from timcheh.db import Scope
from timcheh.malls import read_logo
from timcheh.printing.pictures import inline_picture
from timcheh.web.pages import PageContext


async def logo_of(page: PageContext) -> str:
    """The mall's logo as a data address, or nothing."""
    if page.mall.logo_mark is None:
        return ""
    async with page.database.unit_of_work(Scope.mall(page.mall.mall_id)) as uow:
        return inline_picture(await read_logo(uow))
