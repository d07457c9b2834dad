"""What rules are worth on pages that the user has, with gold or without."""
