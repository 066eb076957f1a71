"""What members plug into the platform."""

from members import permissions
from members.cards.http import MemberCardController
from members.cards.jobs import JOBS as CARD_JOBS
from members.cards.pages import MENU as CARD_MENU
from members.cards.pages import PERMISSIONS as CARD_PERMISSIONS
from members.cards.pages import ROUTES as CARD_PAGES
from members.cards.phone import ROUTES as HELD_OUT
from members.devices.service import note_device
from members.passkeys.pages import ROUTES as PASSKEY_PAGES
from members.people.admission import admit, name_of
from members.people.http import MemberController
from members.people.pages import ROUTES as PROFILE_PAGES
from timcheh.module import MenuItem, Module, Permission

_MINE = ("profile", "passkeys", "consents", "cards", "data", "erase", "invite", "gifts")

MODULE = Module(
    name="members",
    package="members",
    routes=(
        MemberController,
        MemberCardController,
        *PROFILE_PAGES,
        *CARD_PAGES,
        *HELD_OUT,
        *PASSKEY_PAGES,
    ),
    recurring=CARD_JOBS,
    menu=(
        MenuItem("member", "menu-club-me", "me", "user-round", order=50, also=_MINE),
        *CARD_MENU,
    ),
    permissions=(Permission(permissions.READ, "mall"), *CARD_PERMISSIONS),
    admit_member=admit,
    member_name=name_of,
    note_device=note_device,
)
