"""Pages of HTML that stand alone: no network, no file beside them, and nothing in them that a scraped page could set in motion."""
