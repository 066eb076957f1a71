"""The API's own document, as the tests that are generated from it read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One operation of the document. `kinds` are the kinds of key it takes."""

    method: str
    path: str
    kinds: frozenset[str]
    parameters: tuple[str, ...]
    idempotent: bool
    has_body: bool
    statuses: frozenset[int]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


async def operations(client: httpx.AsyncClient) -> list[Operation]:
    """Every operation under `/api/v1`."""
    document = (await client.get("/api/v1/openapi.json")).json()
    return list(_operations(document))


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            found = item.get(method)
            if found is None or not path.startswith("/api/v1/"):
                continue
            given = found.get("parameters", [])
            yield Operation(
                method.upper(),
                path.removeprefix("/api/v1"),
                frozenset(name.removesuffix("Key") for each in found["security"] for name in each),
                tuple(each["name"] for each in given if each["in"] == "path"),
                any(each["name"] == "Idempotency-Key" for each in given),
                "requestBody" in found,
                frozenset(int(status) for status in found["responses"]),
            )
