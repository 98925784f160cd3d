"""The five health states of live objects, per object and per binding.

In: live objects as `kubectl get -o yaml` prints them (plain dicts). Out: `ResourceHealth`s and,
for each binding, its conditions with the reference's reasons. Reads no cluster itself.
Upstream twins: `internal/controller/renderedrelease` (health) and `internal/controller/
releasebinding` (aggregation). Spec: binding §2.12, §3.4, §3.5.
"""

from krm_fn.health.argocd import SCRIPTS, argocd_config
from krm_fn.health.bindings import BindingHealth, Condition, assess_bindings, is_bound
from krm_fn.health.flux import flux_expressions
from krm_fn.health.states import HealthState, ResourceHealth, assess

__all__ = [
    "SCRIPTS",
    "BindingHealth",
    "Condition",
    "HealthState",
    "ResourceHealth",
    "argocd_config",
    "assess",
    "assess_bindings",
    "flux_expressions",
    "is_bound",
]
