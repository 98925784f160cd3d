"""Text ↔ data: reading with positions, writing with stable quoting.

In: the bytes of a YAML or JSON file. Out: `Document` (plain data that knows its file, line and
column when asked), findings for everything that is wrong with the text; and back: `dump`.

Upstream twins: `sigs.k8s.io/yaml` (mode `kubernetes`) and `sigs.k8s.io/kustomize/kyaml` (mode
`kustomize`).
"""

from krm_fn.yamlio.document import Document
from krm_fn.yamlio.files import parse_files
from krm_fn.yamlio.reader import parse
from krm_fn.yamlio.scalars import Mode
from krm_fn.yamlio.writer import dump, dump_all, dump_json, number_text

__all__ = [
    "Document",
    "Mode",
    "dump",
    "dump_all",
    "dump_json",
    "number_text",
    "parse",
    "parse_files",
]
