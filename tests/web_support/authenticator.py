"""A device in software that keeps passkeys: real keys and real signatures, and whatever it is told
to do wrong. It answers as a browser would, in JSON.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """One key for one address. `count` is its signatures so far; it `verifies` who holds it."""

    origin: str
    count: int = 0
    verifies: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: str, **lie: Any) -> str:
        """What `navigator.credentials.create()` gives. `lie` replaces what the browser says."""
        asked = json.loads(options)
        self.handle = raw(asked["user"]["id"])
        party = asked["rp"]["id"]
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(party, _ATTESTED) + attested + self._public()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked["challenge"], lie)
        return self._answer(clientDataJSON=_text(said), attestationObject=_text(attestation))

    def show(self, options: str, **lie: Any) -> str:
        """What `navigator.credentials.get()` gives."""
        asked = json.loads(options)
        self.count += 1
        data = self._data(asked["rpId"], 0)
        said = self._said("webauthn.get", asked["challenge"], lie)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=_text(said),
            authenticatorData=_text(data),
            signature=_text(signed),
            userHandle=_text(self.handle),
        )

    def _said(self, what: str, challenge: str, lie: dict[str, Any]) -> bytes:
        said = {"type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said | lie).encode()

    def _data(self, party: str, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        hashed = hashlib.sha256(party.encode()).digest()
        return hashed + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (point.x, point.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})  # EC2, ES256, P-256

    def _answer(self, **response: str) -> str:
        name = _text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
