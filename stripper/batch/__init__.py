"""Batches: folders and archives of pages, cleaned by worker processes that any page may kill, with one row for each document."""
