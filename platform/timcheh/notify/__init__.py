"""Messages to people: one port, a channel for each way to reach them."""

from timcheh.notify.service import Letter, queue_message, queue_messages, segment_price

__all__ = ["Letter", "queue_message", "queue_messages", "segment_price"]
