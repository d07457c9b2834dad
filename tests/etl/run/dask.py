"""dask.py IN.parquet OUT.parquet: cleaned by Dask in two processes."""

import sys

import dask
import dask.dataframe as dd

from stripper.etl.dask import clean

if __name__ == "__main__":
    with dask.config.set(scheduler="processes", num_workers=2):
        pages = dd.read_parquet(sys.argv[1], dtype_backend="pyarrow", split_row_groups=True)
        clean(pages, removed=True).to_parquet(sys.argv[2], write_index=False)
