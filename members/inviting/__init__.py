"""A member's own address, by which they bring friends to the club."""
