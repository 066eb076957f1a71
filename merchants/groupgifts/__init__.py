"""A gift to everybody in a group: counted and priced first, then given by a job."""
