"""What a device is asked and what its answer proves: WebAuthn itself, by the library `webauthn`.

https://www.w3.org/TR/webauthn-3/#sctn-rp-operations
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from timcheh.access.errors import PasskeyRefused
from timcheh.access.passkeys.challenges import LIFETIME
from timcheh.access.passkeys.party import RelyingParty

_WAIT: Final = int(LIFETIME.total_seconds() * 1000)
_UNREADABLE: Final = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)
"""What the library raises for an answer that no device gave."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a device has made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def ask_for_new(
    party: RelyingParty,
    challenge: bytes,
    *,
    mall_name: str,
    handle: bytes,
    account: str,
    person: str,
    known: Sequence[bytes],
    by_itself: bool,
) -> str:
    """Options for `navigator.credentials.create()`, as JSON. `account` and `person` are what the
    device shows; with one of the `known` keys on it, it makes no other. `by_itself`: the key alone
    signs in, so the device itself keeps it, and knows whose it is."""
    wanted = AuthenticatorSelectionCriteria(
        authenticator_attachment=AuthenticatorAttachment.PLATFORM if by_itself else None,
        resident_key=ResidentKeyRequirement.REQUIRED
        if by_itself
        else ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=mall_name,
        user_id=handle,
        user_name=account,
        user_display_name=person,
        challenge=challenge,
        timeout=_WAIT,
        authenticator_selection=wanted,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json(options)


def ask_for_known(party: RelyingParty, challenge: bytes, known: Sequence[bytes] = ()) -> str:
    """Options for `navigator.credentials.get()`, as JSON: any key of the device, or these."""
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=_WAIT,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def read_new(party: RelyingParty, challenge: bytes, answer: str) -> NewKey:
    """The key that a device has made for this challenge. Raises PasskeyRefused."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise PasskeyRefused from error
    return NewKey(made.credential_id, made.credential_public_key, made.sign_count)


def read_known(answer: str) -> AuthenticationCredential:
    """An answer that names a key; nothing of it is proved yet. Raises PasskeyRefused."""
    try:
        return parse_authentication_credential_json(answer)
    except _UNREADABLE as error:
        raise PasskeyRefused from error


def check(
    party: RelyingParty,
    challenge: bytes,
    answer: AuthenticationCredential,
    public_key: bytes,
    sign_count: int,
) -> int:
    """The device's new count of signatures. Raises PasskeyRefused, also where the count has not
    grown: then two devices have the key."""
    try:
        proved = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise PasskeyRefused from error
    return proved.new_sign_count
