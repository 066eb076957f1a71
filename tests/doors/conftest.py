"""The whole application in process."""

from tests.web_support.portal import web

__all__ = ["web"]
