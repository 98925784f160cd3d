"""Rules across documents that no control plane enforces, or only once it is too late.

In: the `Resolver` of a run and the jobs it gave; for the thorough part every document of the
catalog. Out: findings. What a control plane would go on with is a warning (`strict` fails on
those), what it would stop at an error, what is merely unused an information.
Source of the rules: the end of spec binding §8; decision D11 for secrets.
"""

from krm_fn.checks.editor_schemas import repository_schemas
from krm_fn.checks.objects import ObjectSchemas, check_objects
from krm_fn.checks.run import check_jobs, check_rendered, check_repository
from krm_fn.checks.secrets import check_secret_documents

__all__ = [
    "ObjectSchemas",
    "check_jobs",
    "check_objects",
    "check_rendered",
    "check_repository",
    "check_secret_documents",
    "repository_schemas",
]
