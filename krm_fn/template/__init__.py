"""`${…}` inside YAML trees: templates become Kubernetes objects.

In: decoded trees (plain maps, lists and scalars) with `${…}` in their texts, and a scope, the map
of variables that expressions see (numbers are floats). Out: plain trees, `Draft`s of resources,
and `TemplateError`s, which `to_finding` turns into findings. A rendered tree may hold the values
of `values.py` (`COMPUTED_NULL`, `StringList`, `Encoded`, `Unsigned`), which write themselves as
JSON but stay recognisable.
Upstream twins: `internal/template` and `internal/pipeline/component/renderer` of OpenChoreo.
"""

from krm_fn.template.compiler import Template, compile_template
from krm_fn.template.conditions import evaluate_condition, iterate
from krm_fn.template.entering import enter
from krm_fn.template.environments import environment_for
from krm_fn.template.errors import TemplateError
from krm_fn.template.functions import COMPONENT_LIBRARY, LIBRARY
from krm_fn.template.report import to_finding
from krm_fn.template.resources import (
    COMPONENT_FIELDS,
    PROJECT_FIELDS,
    Draft,
    Rendering,
    render_resources,
)
from krm_fn.template.scanner import NestedExpressionError, scan
from krm_fn.template.text import debug_text, json_text, to_text, type_words
from krm_fn.template.values import (
    COMPUTED_NULL,
    OMIT,
    ComputedNull,
    Encoded,
    LeakedOmit,
    Nanoseconds,
    Omit,
    StringList,
    Unsigned,
)

__all__ = [
    "COMPONENT_FIELDS",
    "COMPONENT_LIBRARY",
    "COMPUTED_NULL",
    "LIBRARY",
    "OMIT",
    "PROJECT_FIELDS",
    "ComputedNull",
    "Draft",
    "Encoded",
    "LeakedOmit",
    "Nanoseconds",
    "NestedExpressionError",
    "Omit",
    "Rendering",
    "StringList",
    "Template",
    "TemplateError",
    "Unsigned",
    "compile_template",
    "debug_text",
    "enter",
    "environment_for",
    "evaluate_condition",
    "iterate",
    "json_text",
    "render_resources",
    "scan",
    "to_finding",
    "to_text",
    "type_words",
]
