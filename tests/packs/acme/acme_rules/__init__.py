"""The rules of the Acme papers: each file beside this one is a rule set."""
