"""The product over its API where a test needs one process only."""

from tests.api.conftest import client, mall_api, mobile

__all__ = ["client", "mall_api", "mobile"]
