"""What shops agree with each other."""
