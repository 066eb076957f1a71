"""What stops a start or a command; the command line shows the text, which names the mend."""


class ServiceError(Exception):
    """A part of the product can't be started, reached or used."""
