"""Where a webhook may go: never into our own network, whatever its name resolves to."""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit


class TargetRefused(Exception):
    """The address may not be called, or its name doesn't resolve."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect. The name was resolved once, and this very address is called: a name that
    resolves to something else a moment later changes nothing."""

    url: str
    host: str
    name: str


async def resolve(url: str, *, private: bool = False) -> Target:
    """The address to call for a URL. `private` allows plain http and private addresses.

    Raises TargetRefused.
    """
    schemes = ("https", "http") if private else ("https",)
    try:
        parts = urlsplit(url)
        if parts.scheme not in schemes or not parts.hostname or parts.username is not None:
            raise TargetRefused("only https addresses without a password")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = await asyncio.get_running_loop().getaddrinfo(
            parts.hostname, port, type=socket.SOCK_STREAM
        )
    except (OSError, ValueError) as error:
        raise TargetRefused(f"the name does not resolve: {error}") from None
    addresses = [ipaddress.ip_address(info[4][0]) for info in found]
    if not private and not all(_public(address) for address in addresses):
        raise TargetRefused("the name resolves to a private address")
    address = addresses[0]
    literal = f"[{address}]" if address.version == 6 else str(address)
    direct = urlunsplit(parts._replace(netloc=f"{literal}:{port}"))
    return Target(direct, parts.netloc, parts.hostname)


def _public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast
