"""The mall's own people, and everybody's second factor when it is lost."""
