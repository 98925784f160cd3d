"""One small repository per rule: the finding, its severity and its line."""

from __future__ import annotations

import pytest

from krm_fn.checks.secrets import looks_secret
from krm_fn.settings import Settings
from tests.checks.repository import CART, PLATFORM, findings_of, release

ALL = PLATFORM + CART
_USUAL = {
    "binding-unpinned",
    "connection-pending",
    "object-duplicate",
    "project-binding-missing",
}

OTHER = """\
apiVersion: openchoreo.dev/v1alpha1
kind: Component
metadata: {name: other}
spec:
  owner: {projectName: PROJECT}
  componentType: {kind: ClusterComponentType, name: deployment/service}
---
apiVersion: openchoreo.dev/v1alpha1
kind: Workload
metadata: {name: other}
spec:
  owner: {projectName: PROJECT, componentName: other}
  container: {image: "other:1"}
  dependencies:
    endpoints:
      - component: cart
        project: shop
        name: http
        visibility: VISIBILITY
        envBindings: {address: CART}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ReleaseBinding
metadata: {name: other-dev}
spec: {owner: {projectName: PROJECT, componentName: other}, environment: dev}
---
"""
SECOND_PROJECT = """\
apiVersion: openchoreo.dev/v1alpha1
kind: Project
metadata: {name: office}
spec:
  deploymentPipelineRef: {name: main}
  type: {kind: ClusterProjectType, name: plain}
---
"""
RESOURCE = """\
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterResourceType
metadata: {name: database}
spec:
  parameters:
    openAPIV3Schema: {type: object, properties: {size: {type: integer}}}
  environmentConfigs:
    openAPIV3Schema: {type: object, properties: {replicas: {type: integer}}}
  resources:
    - id: claim
      template: {apiVersion: example.com/v1, kind: Database, metadata: {name: "${metadata.name}"}}
---
apiVersion: openchoreo.dev/v1alpha1
kind: Resource
metadata: {name: db}
spec:
  owner: {projectName: shop}
  type: {kind: ClusterResourceType, name: database}
  parameters: {size: SIZE}
---
apiVersion: openchoreo.dev/v1alpha1
kind: ResourceReleaseBinding
metadata: {name: db-dev}
spec:
  owner: {projectName: shop, resourceName: db}
  environment: dev
  resourceTypeEnvironmentConfigs: {replicas: REPLICAS}
---
"""


def binding(name: str, environment: str, *lines: str) -> str:
    """Write a ReleaseBinding of the cart."""
    more = "".join(f"  {line}\n" for line in lines)
    return (
        "apiVersion: openchoreo.dev/v1alpha1\nkind: ReleaseBinding\n"
        f"metadata: {{name: {name}}}\nspec:\n  owner: {{projectName: shop, componentName: cart}}\n"
        f"  environment: {environment}\n{more}---\n"
    )


def without_bindings() -> str:
    """Return the repository up to the cart's first binding."""
    return ALL[: ALL.index("apiVersion: openchoreo.dev/v1alpha1\nkind: ReleaseBinding")]


def pinned(dev: str, prod: str) -> str:
    """Pin releases of the cart in both environments."""
    releases = "".join(release(name) for name in sorted({dev, prod} - {""}))
    first = binding("cart-dev", "dev", f"releaseName: {dev}") if dev else ""
    return (
        without_bindings() + releases + first + binding("cart-prod", "prod", f"releaseName: {prod}")
    )


def said(text: str, settings: Settings | None = None) -> list[tuple[str, str, str]]:
    """Return code, severity and the line of every finding that is not usual."""
    lines = text.splitlines()
    return [
        (found.code, found.severity.value, lines[found.position.line - 1].strip())
        for found in findings_of(text, settings)
        if found.code not in _USUAL and found.position is not None
    ]


def test_nothing_to_say() -> None:
    """The repository that the cases change is fine."""
    assert said(ALL) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            ALL + binding("cart-again", "dev"),
            [("binding-duplicate", "error", "environment: dev")],
            id="two bindings of one target",
        ),
        pytest.param(
            ALL.replace("{name: dev}", "{name: a-dev}").replace(
                "environment: dev", "environment: a-dev"
            )
            + OTHER.replace("PROJECT", "shop")
            .replace("VISIBILITY", "project")
            .replace("name: other", "name: cart-a")
            .replace("componentName: other", "componentName: cart-a")
            + "apiVersion: openchoreo.dev/v1alpha1\nkind: Environment\nmetadata: {name: dev}\n",
            [
                ("environment-outside-pipeline", "warning", ""),
                ("release-name-conflict", "error", ""),
                ("resource-unreferenced", "info", ""),
            ],
            id="release names",
        ),
        pytest.param(
            ALL
            + "apiVersion: openchoreo.dev/v1alpha1\nkind: Environment\nmetadata: {name: qa}\n---\n"
            + binding("cart-qa", "qa"),
            [
                ("resource-unreferenced", "info", "metadata: {name: qa}"),
                ("environment-outside-pipeline", "warning", "environment: qa"),
            ],
            id="environment outside the pipeline",
        ),
        pytest.param(
            pinned("cart-20260102-1", "cart-20260102-2"),
            [
                ("promotion-skipped", "warning", "releaseName: cart-20260102-2"),
            ],
            id="newer release first in production",
        ),
        pytest.param(pinned("cart-20260102-2", "cart-20260102-1"), [], id="production lags"),
        pytest.param(pinned("cart-20260102-2", "cart-20260102-2"), [], id="promoted"),
        pytest.param(pinned("cart-0f3c9a11", "cart-ab12cd34"), [], id="hashes have no order"),
        pytest.param(
            pinned("", "cart-1"),
            [("promotion-skipped", "info", "releaseName: cart-1")],
            id="only in production",
        ),
        pytest.param(
            ALL.replace(
                "  environment: dev\n---",
                "  environment: dev\n  traitEnvironmentConfigs:\n    greting: {text: a}\n"
                "    inside: {text: b}\n    greeting: {text: c}\n---",
            ),
            [
                ("trait-configuration-unknown", "warning", "greting: {text: a}"),
                ("trait-configuration-unknown", "warning", "inside: {text: b}"),
            ],
            id="trait configurations",
        ),
        pytest.param(
            ALL.replace(
                "spec: {owner: {projectName: shop}, environment: prod}",
                "spec:\n  owner: {projectName: shop}\n  environment: prod\n"
                "  environmentConfigs: {quota: many}",
            ),
            [("configuration-invalid", "warning", "environmentConfigs: {quota: many}")],
            id="configs of a project",
        ),
        pytest.param(
            ALL + RESOURCE.replace("SIZE", "big").replace("REPLICAS", "two"),
            [
                ("configuration-invalid", "error", "parameters: {size: big}"),
                (
                    "configuration-invalid",
                    "warning",
                    "resourceTypeEnvironmentConfigs: {replicas: two}",
                ),
            ],
            id="values of a resource",
        ),
        pytest.param(
            ALL + RESOURCE.replace("SIZE", "1").replace("REPLICAS", "2"), [], id="a good resource"
        ),
        pytest.param(
            ALL + OTHER.replace("PROJECT", "shop").replace("VISIBILITY", "namespace"),
            [("dependency-visibility", "warning", "visibility: namespace")],
            id="visibility that is not offered",
        ),
        pytest.param(
            ALL
            + SECOND_PROJECT
            + OTHER.replace("PROJECT", "office").replace("VISIBILITY", "project"),
            [("dependency-visibility", "warning", "visibility: project")],
            id="endpoint of another project",
        ),
        pytest.param(
            ALL + OTHER.replace("PROJECT", "shop").replace("VISIBILITY", "project"),
            [],
            id="visibility that is offered",
        ),
        pytest.param(
            ALL.replace("port: 80,", "port: 80, targetPort: 8080,"),
            [
                (
                    "endpoint-port-closed",
                    "warning",
                    "http: {type: HTTP, port: 80, targetPort: 8080, visibility: [external]}",
                )
            ],
            id="closed port",
        ),
        pytest.param(
            ALL.replace(
                "    http: {type: HTTP, port: 80,",
                "    raw: {type: TCP, port: 8080}\n"
                "    http: {type: HTTP, port: 80, targetPort: 8080,",
            ),
            [],
            id="port opened by another endpoint",
        ),
        pytest.param(
            ALL.replace("{key: MODE, value: fast}", "{key: DB_PASSWORD, value: hunter2}"),
            [("secret-plain", "warning", "- {key: DB_PASSWORD, value: hunter2}")],
            id="password in a workload",
        ),
        pytest.param(
            ALL.replace("{key: MODE, value: fast}", "{key: URL, value: 'db://me:pw@db:1'}"),
            [("secret-plain", "warning", "- {key: URL, value: 'db://me:pw@db:1'}")],
            id="password in an address",
        ),
        pytest.param(
            ALL.replace("{key: MODE, value: fast}", "{key: PASSWORD_FILE, value: /run/password}"),
            [],
            id="no password",
        ),
        pytest.param(
            ALL
            + binding("x", "dev")
            .replace("ReleaseBinding", "Secret")
            .replace("openchoreo.dev/v1alpha1", "v1")
            .replace("spec:", "stringData:"),
            [("secret-plain", "warning", "owner: {projectName: shop, componentName: cart}")],
            id="a Secret in the repository",
        ),
        pytest.param(
            without_bindings().replace(
                "{key: MODE, value: fast}",
                "{key: MODE, valueFrom: {secretKeyRef: {name: nope, key: a}}}",
            ),
            [
                ("resource-unreferenced", "info", "metadata: {name: cart}"),
                (
                    "secret-reference-dangling",
                    "warning",
                    "- {key: MODE, valueFrom: {secretKeyRef: {name: nope, key: a}}}",
                ),
            ],
            id="dangling secret reference of a component that nothing deploys",
        ),
        pytest.param(
            ALL + release("cart-9").replace("cart:1", "cart:0"),
            [("resource-unreferenced", "info", "metadata: {name: cart-9}")],
            id="unused release",
        ),
        pytest.param(
            ALL.replace("allowedTraits: [{name: note}]", "allowedTraits: []").replace(
                "  traits: [{kind: ClusterTrait, name: note, instanceName: greeting}]\n", ""
            ),
            [("resource-unreferenced", "info", "metadata: {name: note}")],
            id="unused trait",
        ),
    ],
)
def test_rule(text: str, expected: list[tuple[str, str, str]]) -> None:
    """The rule speaks at its line, and no other one does."""
    found = said(text)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    for (_, _, line), (_, _, wanted) in zip(found, expected, strict=True):
        assert line == wanted or not wanted


def test_promotion_of_current_sources() -> None:
    """A release that the sources of now give cannot be older than what came before it."""
    unpinned = findings_of(ALL)
    hint = next(found.hint for found in unpinned if "releaseName" in found.hint)
    current = hint.rpartition(" ")[2]
    text = pinned("cart-00000000", current)
    assert ("promotion-skipped", "warning", f"releaseName: {current}") in said(text)


def test_suggestions() -> None:
    """Names that are nearly right are suggested."""
    text = ALL.replace(
        "  environment: dev\n---",
        "  environment: dev\n  traitEnvironmentConfigs: {greting: {}}\n---",
    )
    (found,) = [one for one in findings_of(text) if one.code == "trait-configuration-unknown"]
    assert found.hint == 'did you mean "greeting"?'
    assert found.context is not None
    assert found.context.name == "cart-dev"


def test_what_a_render_does_not_say() -> None:
    """Resources that no job reads are looked at only to validate."""
    text = ALL + release("cart-9")
    assert said(text, Settings()) == []


def test_rendered_secret() -> None:
    """A template that renders a Secret with content."""
    text = ALL.replace(
        "    - id: deployment\n",
        "    - id: secret\n      template:\n        apiVersion: v1\n        kind: Secret\n"
        "        metadata: {name: s}\n        stringData: {a: b}\n    - id: deployment\n",
    )
    assert {one[:2] for one in said(text, Settings())} == {("secret-plain", "warning")}


def test_one_mistake_is_said_once_per_binding() -> None:
    """What the type's own review says is left out where rendering says it for a binding."""
    text = ALL.replace(
        'metadata: {name: "${metadata.name}", namespace', 'metadata: {name: "${nope}", namespace'
    )
    found = [one for one in findings_of(text) if one.code == "template-name-unknown"]
    assert sorted(one.context.name for one in found if one.context) == ["cart-dev", "cart-prod"]
    assert len(found) == 2
    unused = PLATFORM.replace('"${metadata.name}", namespace', '"${nope}", namespace')
    (alone,) = [one for one in findings_of(unused) if one.code == "template-name-unknown"]
    assert alone.context is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PASSWORD", "x", True),
        ("db-pass", "x", True),
        ("STRIPE_API_KEY", "x", True),
        ("APIKEY", "x", True),
        ("SESSION.SECRET", "x", True),
        ("URL", "https://user:word@host/", True),
        ("URL", "https://user@host/", False),
        ("URL", "https://user:$(PASSWORD)@host/", False),
        ("PASSWORD", "", False),
        ("PASSWORD", "${PASSWORD}", False),
        ("PASSWORD", "<path:secret#key>", False),
        ("SECRET_NAME", "x", False),
        ("TOKEN_TTL", "30", False),
        ("MONKEY", "x", False),
        ("USE_TOKEN", "true", False),
        ("COMPASS", "north", False),
    ],
)
def test_what_looks_secret(name: str, value: str, expected: bool) -> None:
    """Names at their end, and addresses with a password in them."""
    assert looks_secret(name, value) is expected
