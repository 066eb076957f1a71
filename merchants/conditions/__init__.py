"""The condition builder: a condition as rows of a form, for whatever page needs one.

A page with a builder does three things:

    builder = Builder.of(condition)                           # or Builder() for a new one
    context["builder"] = await show_builder(page, builder, Place.CUSTOMER)
                                                              # {{ builders.builder(builder) }}
    condition = read_builder(fields).condition(unit)          # of the posted form

with `{% import "merchants/conditions/builder.html" as builders %}`. `condition` answers None for a
builder without rows ("always") and raises Invalid whose faults lie at the rows' own fields; to
show them, pass the form's errors on: `show_builder(page, read_builder(fields), place, errors)`.

What changes the form's shape (another row, another fact) asks `…/shop/conditions` for the builder
anew; what was typed stays. After each change the event `conditions-changed` reaches the body, so a
live count listens with `hx-trigger="load, input delay:400ms from:closest form, conditions-changed
from:body"`, or is simply `{{ builders.live(url) }}`. Two builders on a page differ in `prefix`.
"""

from merchants.conditions.builder import Builder, read_builder
from merchants.conditions.showing import show_builder

__all__ = ["Builder", "read_builder", "show_builder"]
