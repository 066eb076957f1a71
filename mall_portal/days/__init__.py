"""What each day came to, kept: sums of sales, of value, of lots, and who bought."""
