"""The transactional outbox: what has happened is stored with it, and acted on after it."""

from timcheh.outbox.service import emit

__all__ = ["emit"]
