"""`make bench`: what a purchase costs, against PostgreSQL's own yardstick in the same run."""
