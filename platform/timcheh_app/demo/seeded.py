"""Repeatable chance: every choice is a function of the seed and of what it is about."""

import random
from hashlib import blake2b

DEFAULT_SEED = 1404


def number(seed: int, *about: object) -> int:
    """64 well-mixed bits for one question, the same on every machine and Python version."""
    text = "\x1f".join(map(str, (seed, *about)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def chance(seed: int, *about: object) -> float:
    """A number in [0, 1)."""
    return number(seed, *about) / 2**64


def generator(seed: int, *about: object) -> random.Random:
    """A generator for when one question needs several draws."""
    return random.Random(number(seed, *about))  # noqa: S311  demo data, no secret
