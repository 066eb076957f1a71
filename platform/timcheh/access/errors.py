"""What can go wrong at the door. Titles and details are in `locale/`."""

from timcheh.errors import Conflict, Forbidden, RateLimited, Unauthenticated, Unprocessable


class WrongKeyKind(Forbidden):
    """The key is good, but not for this: a shop's key at the mall's desk, for example."""

    code = "wrong_key_kind"


class MissingPermission(Forbidden):
    """The role of this person doesn't include it. `permission` is its code."""

    code = "missing_permission"


class CsrfFailed(Forbidden):
    """The form didn't come from our own page, or the page is older than the session."""

    code = "csrf_failed"


class SignInFailed(Unauthenticated):
    """Unknown mobile, wrong password, disabled account or no role there: told apart by nobody."""

    code = "sign_in_failed"


class CodeWrong(Unprocessable):
    """The one-time password is wrong, used up or too old; also when none was asked for."""

    code = "code_wrong"


class TooManySignIns(RateLimited):
    """Too many sign-ins or codes for this mobile or from this address."""

    code = "too_many_sign_ins"


class PasskeyRefused(Unprocessable):
    """The answer proves no key of ours: it is removed, another mall's, forged or a copy."""

    code = "passkey_refused"


class PasskeyLate(Unprocessable):
    """What is answered was asked too long ago, of another browser, or is answered already."""

    code = "passkey_late"


class PasskeysFull(Conflict):
    """One person has as many keys as one may have: `most`."""

    code = "passkeys_full"


class MobileTaken(Conflict):
    """Another account of this mall has the mobile."""

    code = "mobile_taken"


class RoleHeld(Conflict):
    """The person has this role there already."""

    code = "role_held"
