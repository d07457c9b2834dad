"""ETL: pages as a column of tables, inside the engine that somebody already has.

`arrow` knows columns: a record batch with pages goes in, one with articles comes out. The other modules are thin shells on it, each named after its
engine and in that engine's own ways; importing one of them needs the extra of the same name.
"""
