"""What members plug into the platform."""

from members.people.admission import admit
from members.people.http import MemberController
from timcheh.module import Module

MODULE = Module(name="members", package="members", routes=(MemberController,), admit_member=admit)
