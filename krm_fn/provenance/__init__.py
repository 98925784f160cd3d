"""Who set which value: a side-table beside the data, silent and free by default.

In: `Step`s written by the rooms while they work. Out: for every leaf of the output the chain of
steps that made it. The rooms take a `Trace`; `SILENT` (whose `enabled` is False) costs one
attribute test, a `Recorder` keeps everything for `explain` and the origin annotations.
"""

from krm_fn.provenance.sources import input_path, source_files, steps_behind
from krm_fn.provenance.trace import SILENT, Path, Record, Recorder, Step, StepKind, Trace

__all__ = [
    "SILENT",
    "Path",
    "Record",
    "Recorder",
    "Step",
    "StepKind",
    "Trace",
    "input_path",
    "source_files",
    "steps_behind",
]
