"""What a shop keeps of each rial it sells: its margin for each group of goods."""
