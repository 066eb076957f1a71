"""The mall's own name, face and terms."""
