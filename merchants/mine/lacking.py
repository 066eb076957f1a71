"""What lacks for an offer, without what only the next purchase will tell."""

from typing import Final

from timcheh.rules import FACTS, Because, Standing

_OF_THE_PURCHASE: Final = ("basket", "time")
"""Sections of facts that say how a purchase is and not who makes it."""


def of_the_person(because: Because) -> Because | None:
    """The part of a ground that is about the member; None if a fitting purchase is all it takes."""
    match because.code:
        case "fact" | "fact_unknown":
            about = FACTS[because.params["fact"]].section
            return None if about in _OF_THE_PURCHASE else because
        case "all_of":
            kept = tuple(filter(None, map(of_the_person, because.details)))
            return None if not kept else kept[0] if len(kept) == 1 else Because("all_of", {}, kept)
        case "any_of":
            own = [of_the_person(each) for each in because.details]
            return None if None in own else because
        case Standing.NOT_ACTIVATED:
            return None  # the page has a button for it
        case _:
            return because
