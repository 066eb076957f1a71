"""What is the same for all readers is worked out once; what is in their language is not."""

from jinja2 import DictLoader

from timcheh.text.locale import Locale
from timcheh.web.frame import View
from timcheh.web.render import Renderer


def test_the_digits_of_a_constant_are_the_readers() -> None:
    made = Renderer([])
    made.environment.loader = DictLoader({"page": "{{ '09'|digits }}"})
    for locale, shown in ((Locale.FA, "۰۹"), (Locale.EN, "09"), (Locale.FA, "۰۹")):
        assert made.render("page", {}, View(locale=locale)) == shown
