"""Whom passkeys are made for: the host of our public address, whichever mall is under it."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_PORTS: Final = {"https": 443, "http": 80}
_LOCAL: Final = "localhost"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """`id` is a host's name, `origin` the one address whose pages may ask for a passkey."""

    id: str
    origin: str

    @classmethod
    def of(cls, public_url: str) -> "RelyingParty | None":
        """The party of a public address; None where browsers allow no passkeys: they want https
        and a name (https://www.w3.org/TR/webauthn-3/#rp-id). The machine itself is excepted, by
        its name `localhost`: an installation on 127.0.0.1 has its passkeys there.
        """
        address = urlsplit(public_url)
        host, scheme = (address.hostname or "").encode("idna").decode().lower(), address.scheme
        if _is_loopback(host):
            host = _LOCAL
        if host != _LOCAL and (scheme != "https" or _is_number(host)):
            return None
        port = address.port
        written = "" if port in (None, _PORTS[scheme]) else f":{port}"
        return cls(host, f"{scheme}://{host}{written}")


def _is_loopback(host: str) -> bool:
    return _is_number(host) and ip_address(host).is_loopback


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
