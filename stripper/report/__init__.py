"""What stripper did, made visible."""
