menu-mall-people = People
people-title = People
people-lead = Those who work for the mall, and those of shops who have two-step sign-in.
people-name = Name
people-works = Work
people-second = Two-step sign-in
