"""Movements as a person counts them: points out of ten lots in one sale are one movement."""

from collections.abc import Hashable, Iterable

from shared_pool.club.queries import Movement


def merged(movements: Iterable[Movement]) -> list[Movement]:
    """Movements of one event, for one reason and of one source become one, with their sum.

    One that several lots took part in leads to none of them.
    """
    alike: dict[Hashable, list[Movement]] = {}
    for move in movements:
        alike.setdefault(_sameness(move), []).append(move)
    return [_joined(moves) for moves in alike.values()]


def _sameness(move: Movement) -> Hashable:
    source = move.pool or (move.scope_kind, move.issuer_id)
    # The sentence on spent credit names its last day and that on earned value its rule.
    told = move.expires_at if move.unit != "point" else None
    reason = move.reason if move.kind in ("earned", "gift") else ""
    return move.id, move.kind, move.amount > 0, move.unit, source, told, reason


def _joined(alike: list[Movement]) -> Movement:
    first, *others = alike
    if not others:
        return first
    return first._replace(amount=sum(move.amount for move in alike), lot_id=None)
