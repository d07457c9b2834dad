"""python pandas.py IN.parquet OUT.parquet"""

import sys

import pandas as pd

from stripper.etl.pandas import clean

clean(pd.read_parquet(sys.argv[1], dtype_backend="pyarrow"), removed=True).to_parquet(sys.argv[2], index=False)
