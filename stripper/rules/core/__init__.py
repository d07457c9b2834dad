"""The built-in pack: one file per rule set. It enters through the entry point that third parties' packs use."""
