"""OpenAPI v3 schemas: defaults and structural validation.

In: a raw `openAPIV3Schema` (plain data, as `parameters` and `environmentConfigs` of types and
traits hold it) and a value. Out: the value with defaults applied, and `Violation`s with the path
inside the value and inside the schema. A schema that cannot be built raises `SchemaError`.

Compiled once per content; `Schema` objects are immutable and shared. Knows nothing of OpenChoreo
kinds; `models` compiles its own schemas here, too.

Upstream twins: OpenChoreo `internal/schema`, Kubernetes `apiextensions-apiserver` (structural
defaulting) and `kube-openapi` (validation). Behaviour: spec rendering §3.5.
"""

from krm_fn.schema.compiler import Schema, compile_schema
from krm_fn.schema.errors import SchemaError
from krm_fn.schema.keywords import KEYWORDS
from krm_fn.schema.references import resolve_references
from krm_fn.schema.violation import Violation

__all__ = ["KEYWORDS", "Schema", "SchemaError", "Violation", "compile_schema", "resolve_references"]
