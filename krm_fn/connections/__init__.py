"""What bindings publish, and what others make of it.

In: rendered resources of providers, the dependencies of a workload. Out: endpoint URLs, and the
`dependencies` variable of a consumer, with findings for what stays pending.
Upstream twins: `internal/controller/releasebinding` (endpoints, connections, resource
dependencies).
"""

from krm_fn.connections.declared import NOTHING_DECLARED, DeclaredOutputs, declared_outputs
from krm_fn.connections.dependencies import (
    ConnectionTarget,
    choose_url,
    dependencies_variable,
    endpoint_item,
    endpoint_targets,
)
from krm_fn.connections.endpoints import Endpoint, EndpointUrl, published_endpoints
from krm_fn.connections.resources import ResourceOutput, resource_item

__all__ = [
    "NOTHING_DECLARED",
    "ConnectionTarget",
    "DeclaredOutputs",
    "Endpoint",
    "EndpointUrl",
    "ResourceOutput",
    "choose_url",
    "declared_outputs",
    "dependencies_variable",
    "endpoint_item",
    "endpoint_targets",
    "published_endpoints",
    "resource_item",
]
