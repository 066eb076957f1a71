"""A member has themselves erased: asked with a code, done after some days, by a job."""
