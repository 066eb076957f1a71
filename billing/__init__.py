"""Plans, invoices and payments of the platform itself. Empty until its issue: nothing is plugged in yet."""
