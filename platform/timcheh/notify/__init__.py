"""Messages to people: one port, a channel for each way to reach them."""

from timcheh.notify.service import queue_message

__all__ = ["queue_message"]
