"""What members plug into the platform."""

from members.people.admission import admit
from members.people.http import MemberController
from members.people.pages import ROUTES as PROFILE_PAGES
from timcheh.module import MenuItem, Module

MODULE = Module(
    name="members",
    package="members",
    routes=(MemberController, *PROFILE_PAGES),
    menu=(MenuItem("member", "menu-club-profile", "profile", "user-round", order=40),),
    admit_member=admit,
)
