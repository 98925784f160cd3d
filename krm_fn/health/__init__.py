"""The five health states of live objects, per object and per binding.

In: live objects as `kubectl get -o yaml` prints them (plain dicts). Out: `ResourceHealth`s and,
for each binding, its conditions with the reference's reasons. Reads no cluster itself.
Upstream twins: `internal/controller/renderedrelease` (health) and `internal/controller/
releasebinding` (aggregation). Spec: binding §2.12, §3.4, §3.5.
"""

from krm_fn.health.bindings import BindingHealth, Condition, assess_bindings
from krm_fn.health.states import HealthState, ResourceHealth, assess

__all__ = [
    "BindingHealth",
    "Condition",
    "HealthState",
    "ResourceHealth",
    "assess",
    "assess_bindings",
]
