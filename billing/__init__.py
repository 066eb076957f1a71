"""Plans, invoices and payments of the platform itself. Nothing is plugged in yet."""
