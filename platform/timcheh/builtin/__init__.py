"""What the platform brings itself, plugged in like any other module."""
