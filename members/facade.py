"""What other modules may use of members."""

from members.people.models import Member
from members.people.service import enrol, find_member, list_members
from timcheh.text.cards import random_member_number

__all__ = ["Member", "enrol", "find_member", "list_members", "random_member_number"]
