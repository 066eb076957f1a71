"""What closing an alert can be refused for."""

from timcheh.errors import Conflict, Forbidden


class OwnAlert(Forbidden):
    """Nobody judges their own sales."""

    code = "own_alert"


class AlertClosed(Conflict):
    """Somebody has closed it already."""

    code = "alert_closed"
