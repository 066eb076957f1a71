"""The kernel's parts as modules, in the order in which they are plugged in."""

from datetime import time, timedelta

from timcheh.access.permissions import KERNEL_PERMISSIONS
from timcheh.builtin.audit import get_audit
from timcheh.builtin.inbox import dev_inbox
from timcheh.builtin.style import style_page
from timcheh.builtin.tidy import tidy_access, tidy_deliveries, tidy_outbox
from timcheh.builtin.webhooks import create_webhook, delete_webhook, list_webhooks
from timcheh.module import EventHandler, Module, RecurringJob
from timcheh.notify import delivery as notify_delivery
from timcheh.notify.service import QUEUED
from timcheh.text.catalogue import KERNEL_PACKAGE
from timcheh.webhook import delivery as webhook_delivery
from timcheh.webhook.service import DELIVER, any_active, queue_deliveries

MODULES = (
    Module(
        name="web",
        package=KERNEL_PACKAGE,
        routes=[style_page],
    ),
    Module(
        name="access",
        package=KERNEL_PACKAGE,
        recurring=[RecurringJob("access.tidy", tidy_access, daily_at=time(3, 20))],
        permissions=KERNEL_PERMISSIONS,
    ),
    Module(
        name="audit",
        package=KERNEL_PACKAGE,
        routes=[get_audit],
    ),
    Module(
        name="outbox",
        package=KERNEL_PACKAGE,
        recurring=[RecurringJob("outbox.tidy", tidy_outbox, daily_at=time(3, 40))],
    ),
    Module(
        name="notify",
        package=KERNEL_PACKAGE,
        routes=[dev_inbox],
        recurring=[
            RecurringJob(
                "notify.deliver",
                notify_delivery.deliver,
                every=timedelta(minutes=1),
                wake_on=[QUEUED],
            ),
            RecurringJob("notify.tidy", tidy_deliveries, every=timedelta(hours=1)),
        ],
    ),
    Module(
        name="webhook",
        package=KERNEL_PACKAGE,
        routes=[create_webhook, list_webhooks, delete_webhook],
        handlers={
            "*": [EventHandler("webhook.queue", run_all=queue_deliveries, wanted=any_active)]
        },
        recurring=[RecurringJob(DELIVER, webhook_delivery.deliver, every=timedelta(minutes=1))],
    ),
)
