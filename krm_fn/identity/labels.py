"""Keys of labels and annotations (spec: binding §1.3). Upstream twin: `internal/labels`."""

from typing import Final

GROUP: Final = "openchoreo.dev"
API_VERSION: Final = "openchoreo.dev/v1alpha1"
FUNCTION_GROUP: Final = "fn.openchoreo.dev"
FUNCTION_API_VERSION: Final = "fn.openchoreo.dev/v1alpha1"

NAMESPACE: Final = "openchoreo.dev/namespace"
PROJECT: Final = "openchoreo.dev/project"
PROJECT_UID: Final = "openchoreo.dev/project-uid"
COMPONENT: Final = "openchoreo.dev/component"
COMPONENT_UID: Final = "openchoreo.dev/component-uid"
ENVIRONMENT: Final = "openchoreo.dev/environment"
ENVIRONMENT_UID: Final = "openchoreo.dev/environment-uid"
RESOURCE: Final = "openchoreo.dev/resource"
RESOURCE_UID: Final = "openchoreo.dev/resource-uid"

ENDPOINT_NAME: Final = "openchoreo.dev/endpoint-name"
ENDPOINT_VISIBILITY: Final = "openchoreo.dev/endpoint-visibility"
ENDPOINT_BASE_PATH: Final = "openchoreo.dev/endpoint-base-path"
SYSTEM_COMPONENT: Final = "openchoreo.dev/system-component"
NETWORK_POLICY_PROVIDER: Final = "openchoreo.dev/networkpolicyprovider"
RESTARTED_AT: Final = "openchoreo.dev/restartedAt"
DATA_PLANE_RESOURCE_HASH: Final = "openchoreo.dev/dp-resource-hash"

# Ours. `GENERATED` marks every object that this function made, so that its next run over the same
# package recognises and replaces it (decision D5); `ORIGIN` names its source files.
GENERATED: Final = "fn.openchoreo.dev/generated"
ORIGIN: Final = "fn.openchoreo.dev/origin"
READY_WHEN: Final = "fn.openchoreo.dev/ready-when"
CONTENT_HASH: Final = "fn.openchoreo.dev/content-hash"

LOCAL_CONFIG: Final = "config.kubernetes.io/local-config"
