"""polars.py IN.parquet OUT.parquet: cleaned by Polars' streaming engine."""

import sys

import polars as pl

from stripper.etl.polars import clean

clean(pl.scan_parquet(sys.argv[1]), removed=True).sink_parquet(sys.argv[2])
