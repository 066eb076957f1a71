"""Random events in random order: every rule of the ledger, from a mall that has some of each."""

from tests.timcheh.ledger.funding import Funding
from tests.timcheh.ledger.trading import Trading
from tests.timcheh.ledger.undoing import Undoing


class LedgerMachine(Trading, Undoing, Funding):
    """Every rule does an event in the model, and in PostgreSQL where there is a twin."""

    def __init__(self) -> None:
        super().__init__()
        counted, self.tally = self.tally, type(self.tally)()
        # Something of everything, so that no rule waits long for its turn.
        for kind, lives in enumerate((None, 1, None, 2, 1)):
            self.grant(issuer=0, kind=kind, who=0, amount=1_000, starts=0, lives=lives)
        self.top_up(0, 1_000)
        self.deposit(0, 1_000)
        self.hold(2, 0, 33, 1, 30)
        self.tally = counted
