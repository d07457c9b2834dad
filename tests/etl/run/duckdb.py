"""duckdb.py IN.parquet OUT.parquet: cleaned between two queries of DuckDB."""

import sys

import duckdb

from stripper.etl.duckdb import clean

con = duckdb.connect()
articles = clean(con.cursor().read_parquet(sys.argv[1]), removed=True)
con.from_arrow(articles).write_parquet(sys.argv[2])
