"""Prints which peers are here and in which version; `missing` for one that is not.

usage: versions.py
"""

import importlib
import platform

print("version", "python", platform.python_version(), sep="\t")
for name in ("numpy", "scipy", "torch"):
    try:
        print("version", name, importlib.import_module(name).__version__, sep="\t")
    except ImportError as e:
        print("missing", name, e, sep="\t")
