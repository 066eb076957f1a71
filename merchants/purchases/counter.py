"""The process's desk and confirmations over a database: made once, shared by every caller."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from merchants.purchases.closing import Confirmations
from merchants.purchases.desk import PurchaseDesk
from timcheh.db import Database


@dataclass(frozen=True, slots=True)
class Counter:
    """Where purchases are made and confirmed."""

    desk: PurchaseDesk
    confirmations: Confirmations

    async def close(self) -> None:
        """Lets the connections go when what is under way is done."""
        await self.desk.close()
        await self.confirmations.close()


_counters: "WeakKeyDictionary[Database, Counter]" = WeakKeyDictionary()


def counter_for(database: Database) -> Counter:
    """The counter over a database."""
    if database not in _counters:
        _counters[database] = Counter(PurchaseDesk(database), Confirmations(database))
    return _counters[database]
