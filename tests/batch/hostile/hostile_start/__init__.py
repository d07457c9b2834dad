"""A rule pack that ends its process while it is loaded."""

import os
import sys

print("nothing but trouble", file=sys.stderr, flush=True)
os._exit(7)
