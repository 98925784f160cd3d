"""A small repository that nothing is wrong with, as text to change."""

from __future__ import annotations

from krm_fn.findings import Collector, Finding
from krm_fn.settings import Settings
from krm_fn.spine import render
from krm_fn.yamlio import parse

PLATFORM = """\
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterDataPlane
metadata: {name: default}
spec:
  planeID: p
  clusterAgent: {clientCA: {value: x}}
---
apiVersion: openchoreo.dev/v1alpha1
kind: Environment
metadata: {name: dev}
---
apiVersion: openchoreo.dev/v1alpha1
kind: Environment
metadata: {name: prod}
---
apiVersion: openchoreo.dev/v1alpha1
kind: DeploymentPipeline
metadata: {name: main}
spec:
  promotionPaths:
    - sourceEnvironmentRef: {name: dev}
      targetEnvironmentRefs: [{name: prod}]
---
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterProjectType
metadata: {name: plain}
spec:
  environmentConfigs:
    openAPIV3Schema: {type: object, properties: {quota: {type: integer}}}
  resources:
    - id: namespace
      template:
        apiVersion: v1
        kind: Namespace
        metadata: {name: "${metadata.namespace}"}
---
apiVersion: openchoreo.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  deploymentPipelineRef: {name: main}
  type: {kind: ClusterProjectType, name: plain}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ProjectReleaseBinding
metadata: {name: shop-dev}
spec: {owner: {projectName: shop}, environment: dev}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ProjectReleaseBinding
metadata: {name: shop-prod}
spec: {owner: {projectName: shop}, environment: prod}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterTrait
metadata: {name: note}
spec:
  environmentConfigs:
    openAPIV3Schema: {type: object, properties: {text: {type: string}}}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterTrait
metadata: {name: badge}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterComponentType
metadata: {name: service}
spec:
  workloadType: deployment
  traits: [{name: badge, instanceName: inside}]
  allowedTraits: [{name: note}]
  resources:
    - id: deployment
      template:
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: "${metadata.name}", namespace: "${metadata.namespace}"}
        spec: {template: {spec: {containers: [{name: main}]}}}
---
"""
CART = """\
apiVersion: openchoreo.dev/v1alpha1
kind: Component
metadata: {name: cart}
spec:
  owner: {projectName: shop}
  componentType: {kind: ClusterComponentType, name: deployment/service}
  traits: [{kind: ClusterTrait, name: note, instanceName: greeting}]
---
apiVersion: openchoreo.dev/v1alpha1
kind: Workload
metadata: {name: cart}
spec:
  owner: {projectName: shop, componentName: cart}
  container:
    image: cart:1
    env:
      - {key: MODE, value: fast}
  endpoints:
    http: {type: HTTP, port: 80, visibility: [external]}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ReleaseBinding
metadata: {name: cart-dev}
spec:
  owner: {projectName: shop, componentName: cart}
  environment: dev
---
apiVersion: openchoreo.dev/v1alpha1
kind: ReleaseBinding
metadata: {name: cart-prod}
spec:
  owner: {projectName: shop, componentName: cart}
  environment: prod
---
"""


def release(name: str) -> str:
    """Write a ComponentRelease of the cart."""
    return f"""\
apiVersion: openchoreo.dev/v1alpha1
kind: ComponentRelease
metadata: {{name: {name}}}
spec:
  owner: {{projectName: shop, componentName: cart}}
  componentType:
    kind: ClusterComponentType
    name: deployment/service
    spec:
      workloadType: deployment
      resources:
        - id: deployment
          template:
            apiVersion: apps/v1
            kind: Deployment
            metadata: {{name: cart}}
  workload: {{container: {{image: "cart:1"}}}}
---
"""


def findings_of(text: str, settings: Settings | None = None) -> list[Finding]:
    """Render a repository of one file and return what is said about it."""
    collector = Collector()
    documents = parse(text.encode(), file="all.yaml", mode="kubernetes", findings=collector)
    result = render(documents, settings or Settings(mode="validate"), findings=collector.sorted())
    return list(result.findings)
