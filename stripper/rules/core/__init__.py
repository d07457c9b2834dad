"""The pack that comes with stripper. It enters through the entry point that third parties' packs use."""
