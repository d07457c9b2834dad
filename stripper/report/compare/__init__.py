"""Two runs over the same documents, compared: what `stripper compare` tells."""
