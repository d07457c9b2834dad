"""beam.py IN.parquet OUT.parquet: cleaned by Apache Beam, in two processes."""

import shutil
import sys
import tempfile
from pathlib import Path

import apache_beam as beam
import pyarrow.parquet as pq
from apache_beam.io.parquetio import ReadFromParquet, WriteToParquet
from apache_beam.options.pipeline_options import PipelineOptions

from stripper.etl.arrow import output_schema
from stripper.etl.beam import Clean

if __name__ == "__main__":
    source, target = sys.argv[1:]
    options = PipelineOptions(["--runner=FnApiRunner", "--direct_num_workers=2", "--direct_running_mode=multi_processing"])
    with tempfile.TemporaryDirectory() as folder:
        with beam.Pipeline(options=options) as pipeline:
            schema = output_schema(pq.read_schema(source), removed=True)
            pipeline | ReadFromParquet(source) | Clean(removed=True) | WriteToParquet(f"{folder}/part", schema, num_shards=1)
        shutil.move(next(Path(folder).iterdir()), target)
