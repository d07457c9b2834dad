"""What a single line says: names, by-words, dates. Pure functions over strings, which know nothing of pages."""
