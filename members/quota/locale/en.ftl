## The plan's quota of members

error-member_quota_reached = The club has no room for new members
    .detail = It has as many as the mall’s plan allows. Ask the mall’s manager to raise it; who is a member already buys and earns as before.
portal-quota = { $members } members of { $most }
portal-quota-near = { $left } members are left until your plan’s ceiling. Have it raised by Timcheh’s support before it is full.
portal-quota-full = Nobody new is enrolled: at the till, by a link or from Excel. Members buy as before. Have the ceiling raised by Timcheh’s support.
