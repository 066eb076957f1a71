"""The picker of a report's days, for samples."""

from timcheh.web.form import Form
from timcheh.web.period import Picker


def period_picker(*labels: str) -> Picker:
    """The first of some choices is made."""
    choices = [(label, "#", at == 0) for at, label in enumerate(labels)]
    return Picker(choices, Form(), "#", labels[0], wrong=False)
