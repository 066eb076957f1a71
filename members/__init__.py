"""Members of a mall: the people, their profiles and how they are admitted."""
