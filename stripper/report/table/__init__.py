"""A table of rows, looked at: its figures, what stands out, and the rows that are worth a look. What `stripper report` tells."""
