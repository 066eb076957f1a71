"""What a card can be refused for."""

from timcheh.errors import Conflict, NotFound


class CardUnknown(NotFound):
    """No such blank card, or another shop's: the two must answer alike."""

    code = "card_unknown"


class CardTaken(Conflict):
    """The card is somebody's already, or was."""

    code = "card_taken"


class CardEnded(Conflict):
    """A number that counts no more: `code` says why."""

    code = "card_replaced"


class NoPrintedCard(Conflict):
    """The member has no printed card whose time could run out."""

    code = "card_not_printed"


class CardCarriesLess(Conflict):
    """The member holds value that such a card doesn't carry; they would be cut off from it."""

    code = "card_carries_less"
