"""datasets.py IN.parquet OUT.parquet: cleaned by Hugging Face datasets, in two processes."""

import sys
import tempfile

from datasets import Dataset

from stripper.etl.datasets import clean

if __name__ == "__main__":
    source, target = sys.argv[1:]
    with tempfile.TemporaryDirectory() as cache:
        clean(Dataset.from_parquet(source, cache_dir=cache), num_proc=2, removed=True).to_parquet(target)
