"""Rules: what they are, where they come from and how they are run over a page."""
