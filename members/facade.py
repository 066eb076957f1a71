"""What other modules may use of members."""

from members.cards.bodies import CardOut, HandOutBody, card_out, read_number
from members.cards.pages import ORDER as ORDER_CARDS
from members.cards.service import NUMBER_CHANGED, assign_card, refuse_ended, take_gift_card
from members.cards.showing import shown_cards
from members.consents.listed import forget_noted, note_listed
from members.consents.service import (
    CLUB,
    PURPOSES,
    Witness,
    allowed,
    decide,
    given_to,
    history,
)
from members.devices.service import sharing_a_device
from members.forgetting import forget_member, lock_person
from members.inviting.service import brought_by, friends_of, host_of, invitation_of
from members.people.finding import finds
from members.people.listed import Listed, admit_listed, forget_listed
from members.people.models import ERASED, Member
from members.people.service import enrol, find_member, introduce, list_members, mobiles_of
from members.permissions import READ as READ_MEMBERS
from members.profiles.facts import FACTS, GENDERS, MARITAL_STATES, PersonalFacts
from members.profiles.forms import Described, fact_lists, fact_values, read_described
from members.profiles.queries import find_profile
from members.profiles.reading import (
    FactError,
    check_past_day,
    read_fact,
    read_facts,
    read_past_day,
    read_words,
)
from members.profiles.writing import write_fact, write_facts
from members.quota.errors import FULL as QUOTA_FULL
from members.quota.errors import MemberQuotaReached
from members.quota.service import quota_of, set_quota
from timcheh.text.cards import random_member_number

__all__ = [
    "CLUB",
    "ERASED",
    "FACTS",
    "GENDERS",
    "MARITAL_STATES",
    "NUMBER_CHANGED",
    "ORDER_CARDS",
    "PURPOSES",
    "QUOTA_FULL",
    "READ_MEMBERS",
    "CardOut",
    "Described",
    "FactError",
    "HandOutBody",
    "Listed",
    "Member",
    "MemberQuotaReached",
    "PersonalFacts",
    "Witness",
    "admit_listed",
    "allowed",
    "assign_card",
    "brought_by",
    "card_out",
    "check_past_day",
    "decide",
    "enrol",
    "fact_lists",
    "fact_values",
    "find_member",
    "find_profile",
    "finds",
    "forget_listed",
    "forget_member",
    "forget_noted",
    "friends_of",
    "given_to",
    "history",
    "host_of",
    "introduce",
    "invitation_of",
    "list_members",
    "lock_person",
    "mobiles_of",
    "note_listed",
    "quota_of",
    "random_member_number",
    "read_described",
    "read_fact",
    "read_facts",
    "read_number",
    "read_past_day",
    "read_words",
    "refuse_ended",
    "set_quota",
    "sharing_a_device",
    "shown_cards",
    "take_gift_card",
    "write_fact",
    "write_facts",
]
