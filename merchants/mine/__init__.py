"""What a member sees of their own purchases, on the phone."""
