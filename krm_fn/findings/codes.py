"""Every finding code: severity, title, hint.

A code is a plain, stable name. `condition` is the OpenChoreo condition and reason (as in
`ReleaseSynced/RenderingFailed`) that the reference's controllers would report for it; empty where
the reference says nothing; several, or one for a kind of object only, as
`ReleaseBinding:ReleaseSynced/EnvironmentNotFound Component:Ready/Gone`. Sections follow the rooms
of the house.
"""

from __future__ import annotations

from dataclasses import dataclass

from krm_fn.findings.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Code:
    """What is known about a finding code before it occurs."""

    name: str
    severity: Severity
    title: str
    hint: str
    condition: str = ""


def _table(*codes: Code) -> dict[str, Code]:
    table: dict[str, Code] = {}
    for code in codes:
        if code.name in table:
            raise ValueError(f"finding code {code.name} is declared twice")
        table[code.name] = code
    return table


# -- sources and yamlio ---------------------------------------------------------------------------
_YAML: tuple[Code, ...] = (
    Code("yaml-syntax", _E, "The text is not valid YAML", "correct the text at this place"),
    Code("yaml-tab", _E, "A tab stands in the indentation", "indent with spaces"),
    Code("yaml-not-utf8", _E, "The file is not UTF-8", "save the file as UTF-8"),
    Code(
        "yaml-control-character",
        _E,
        "The text holds a control character",
        'remove it, or write it as an escape in double quotes ("\\x07")',
    ),
    Code("yaml-duplicate-key", _E, "A key occurs twice", "keep one of the two"),
    Code(
        "yaml-alias-expansion",
        _E,
        "The aliases expand too far",
        "write the repeated parts out, or use fewer levels of aliases",
    ),
    Code(
        "yaml-recursive-alias",
        _E,
        "An alias stands inside its own anchor",
        "a Kubernetes object is a tree: point the alias at an anchor that does not contain it",
    ),
    Code(
        "yaml-tag",
        _E,
        "A tag has no meaning",
        "remove the tag; if the value is meant to begin with an exclamation mark, quote it",
    ),
    Code("yaml-tag-value", _E, "A value does not fit its tag", "correct the value or the tag"),
    Code("yaml-key", _E, "A key is no scalar, or null", "use a string as the key"),
    Code("yaml-key-type", _W, "A key is no string", "quote the key"),
    Code("yaml-merge", _E, "Something else than a mapping is merged", "merge only mappings"),
    Code("yaml-not-finite", _E, "A number is infinite or NaN", "quote it, or use a finite number"),
    Code(
        "yaml-not-a-mapping",
        _E,
        "A document is no mapping",
        "a Kubernetes object has apiVersion, kind and metadata; keep other YAML out of the sources "
        "(.krmignore)",
    ),
    Code("yaml-too-deep", _E, "The text is nested too deeply", "flatten the structure"),
    Code(
        "yaml-boolean-word",
        _W,
        "kubectl reads a word as a boolean",
        "quote it, or write true or false",
    ),
    Code(
        "source-unreadable",
        _E,
        "A source cannot be read",
        "check the permissions of the file",
    ),
    Code("yaml-date", _I, "A date is not quoted", "quote the date"),
)

# -- settings and doors ---------------------------------------------------------------------------
_DOORS: tuple[Code, ...] = (
    Code(
        "config-kind",
        _E,
        "The functionConfig is of a kind that this function does not read",
        "write apiVersion: fn.openchoreo.dev/v1alpha1, kind: Render, or a v1 ConfigMap",
    ),
    Code(
        "setting-unknown",
        _E,
        "A key of the configuration is no setting",
        "correct the key; docs/reference/function.md lists them all",
    ),
    Code(
        "setting-type",
        _E,
        "A setting has a value of the wrong type",
        "correct the value; docs/reference/function.md tells the type of each setting",
    ),
    Code(
        "setting-value",
        _E,
        "A setting has a value that is not one of its choices",
        "use one of the allowed words",
    ),
    Code(
        "setting-twice",
        _E,
        "A setting is given more than once, under two spellings",
        "keep one of the two keys",
    ),
    Code(
        "setting-reserved",
        _W,
        "A setting is known but has no effect yet",
        "leave it out",
    ),
    Code(
        "input-empty",
        _E,
        "Nothing came in on standard input",
        "run through kustomize or kpt, or use `krm-fn render PATH --environment E`",
    ),
    Code(
        "input-encoding",
        _E,
        "The input is not UTF-8 text",
        "save the file as UTF-8",
    ),
    Code(
        "input-invalid",
        _E,
        "The input is not a ResourceList",
        "a KRM function reads apiVersion: config.kubernetes.io/v1, kind: ResourceList, items: []",
    ),
    Code(
        "sources-missing",
        _E,
        "A generator was not told what to read",
        "list folders under spec.sources, relative to the kustomization",
    ),
    Code(
        "source-not-found",
        _E,
        "A folder or file of the sources does not exist",
        "sources are relative to the folder of the kustomization that lists the function",
    ),
    Code(
        "source-outside-root",
        _E,
        "A source lies outside the repository",
        "sources stay below the nearest parent folder that holds .git; spec.root sets another",
    ),
    Code(
        "identity-map-invalid",
        _E,
        "The identity map cannot be read",
        "it is a YAML mapping of Kind/namespace/name to a UID",
    ),
    Code(
        "render-empty",
        _E,
        "Nothing was rendered",
        "check select.environments and the sources, or set allowEmpty: true",
    ),
    Code(
        "object-invalid",
        _E,
        "A rendered object is not one that a cluster could take",
        "correct the template: names, labels and annotations are strings of limited length",
    ),
    Code(
        "path-taken",
        _E,
        "A file that this function did not write stands where a generated one belongs",
        "move the file away, or set output.directory to another folder",
    ),
    Code(
        "inputs-renamed",
        _W,
        "kustomize has renamed OpenChoreo resources before they were rendered",
        "apply namePrefix, nameSuffix and namespace in an overlay above the function",
    ),
    Code(
        "internal-error",
        _E,
        "The program has a bug",
        "set KRM_FN_DEBUG=1 for the traceback and report it with the input",
    ),
    Code(
        "outputs-renamed",
        _W,
        "kustomize will rename what is rendered",
        "leave namespace, namePrefix and nameSuffix out; environments differ in names anyway",
    ),
    Code(
        "output-failed",
        _E,
        "The output cannot be written",
        "check the folder, its permissions and the space on the disk",
    ),
    Code(
        "output-closed",
        _E,
        "The reader of the output went away before all was written",
        "look at the error of the program that reads from this one",
    ),
)

# -- catalog and admission (schema, models) -------------------------------------------------------
_CATALOG: tuple[Code, ...] = (
    Code(
        "kind-unknown",
        _E,
        "The kind is not one of OpenChoreo's",
        "check the spelling of kind and apiVersion",
    ),
    Code(
        "api-version-unknown",
        _E,
        "The apiVersion is not the one this program renders",
        "set apiVersion: openchoreo.dev/v1alpha1",
    ),
    Code("name-missing", _E, "The resource has no name", "set metadata.name"),
    Code(
        "resource-duplicate",
        _E,
        "One resource is declared twice",
        "delete one of the two; the last one was used",
    ),
    Code(
        "field-required",
        _E,
        "A required field is missing",
        "add the field",
    ),
    Code(
        "field-unknown",
        _W,
        "A field is unknown; the control plane would drop it",
        "correct its name or its indentation, or delete it",
    ),
    Code(
        "field-wrong-type",
        _E,
        "A field has a value of the wrong type",
        "write a value of that type (quote text that looks like a number or a boolean)",
    ),
    Code(
        "field-enum",
        _E,
        "A field has a value that is not one of its choices",
        "use one of the allowed values",
    ),
    Code(
        "field-pattern",
        _E,
        "A field has a value that does not match its pattern",
        "write the value in the form that the pattern describes",
    ),
    Code("field-format", _E, "A field is not in its format", "correct the value"),
    Code("field-length", _E, "A text is too short or too long", "correct the value"),
    Code("field-range", _E, "A number is out of its range", "use a number within the limits"),
    Code("field-multiple", _E, "A number is no multiple of its step", "correct the number"),
    Code("field-items", _E, "A list has too few or too many items", "add or remove items"),
    Code("field-properties", _E, "An object has too few or too many entries", "add or remove some"),
    Code("field-duplicate", _E, "A list holds an item twice", "keep one of the two"),
    Code("field-forbidden", _E, "A field is not allowed here", "remove the field"),
    Code("field-any-of", _E, "A value fits none of its forms", "use one of the allowed forms"),
    Code(
        "field-one-of",
        _E,
        "A value fits none, or more than one, of its alternatives",
        "use exactly one of the alternatives",
    ),
    Code("field-all-of", _E, "A value breaks one of its rules", "correct the value"),
    Code("field-not", _E, "A value has a form that is ruled out", "correct the value"),
    Code(
        "field-rule",
        _E,
        "Fields contradict each other",
        "correct one of them",
    ),
    Code(
        "template-head",
        _E,
        "A resource template lacks its head",
        "write apiVersion, a literal kind and metadata.name",
    ),
    Code(
        "template-namespace",
        _E,
        "A resource template names a namespace of its own",
        "write namespace: ${metadata.namespace}, or leave the field out",
    ),
    Code(
        "workload-kind",
        _E,
        "A type or trait has the wrong number or kind of workloads",
        "a component type renders exactly one resource of its workload type, a trait none",
    ),
    Code(
        "patch-operation",
        _E,
        "A patch operation is incomplete",
        "add and replace need a path and a value, remove a path only",
    ),
    Code(
        "expression-type",
        _E,
        "An expression does not fit the types of what it uses",
        "correct the expression, or the types in the schema",
    ),
    Code(
        "expression-field-unknown",
        _E,
        "An expression reads a field that the schema or the context does not have",
        "correct the name, or declare the field with a type in the schema",
    ),
    Code(
        "loop-variable-taken",
        _E,
        "A loop variable has the name of a variable that is there already",
        "give the loop variable a name of its own",
    ),
    Code(
        "release-incomplete",
        _E,
        "A release lacks something that it uses",
        "cut the release again",
    ),
    Code(
        "applied-unknown",
        _E,
        "An expression reads the status of a resource that the type does not render",
        "use the id of one of spec.resources",
    ),
    Code(
        "schema-malformed",
        _E,
        "A schema cannot be read",
        "correct the openAPIV3Schema at this place",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "schema-unsupported",
        _E,
        "A schema uses a keyword that Kubernetes does not support",
        "remove the keyword",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "schema-reference",
        _E,
        "A $ref of a schema cannot be resolved",
        "refer to an entry of the schema's own $defs: #/$defs/<Name>",
        "ReleaseSynced/RenderingFailed",
    ),
)

# -- resolve --------------------------------------------------------------------------------------
_RESOLVE: tuple[Code, ...] = (
    Code(
        "component-type-reference-invalid",
        _E,
        "The reference to the component type is malformed",
        "write <workloadType>/<name>, such as deployment/service",
        "Ready/InvalidConfiguration",
    ),
    Code(
        "component-type-not-found",
        _E,
        "The component type does not exist",
        "add the component type, or correct spec.componentType",
        "Ready/ComponentTypeNotFound",
    ),
    Code(
        "workflow-not-allowed",
        _E,
        "The component type does not allow the workflow",
        "choose one of spec.allowedWorkflows of the component type",
        "Ready/WorkflowNotAllowed",
    ),
    Code(
        "workflow-not-found",
        _E,
        "The workflow does not exist",
        "add the workflow, or remove spec.workflow",
        "Ready/WorkflowNotFound",
    ),
    Code(
        "workload-not-found",
        _E,
        "The component has no workload",
        "add a Workload whose spec.owner names this component",
        "Ready/WorkloadNotFound",
    ),
    Code(
        "workload-ambiguous",
        _E,
        "The component has several workloads",
        "keep one Workload per component",
        "Ready/InvalidConfiguration",
    ),
    Code(
        "trait-not-allowed",
        _E,
        "The component type does not allow the trait",
        "remove the trait, or allow it in the component type",
        "Ready/InvalidConfiguration",
    ),
    Code(
        "trait-instance-duplicate",
        _E,
        "A trait instance name is used twice",
        "give every trait instance a name of its own",
        "Ready/InvalidConfiguration",
    ),
    Code(
        "trait-not-found",
        _E,
        "The trait does not exist",
        "add the trait, or correct its name and kind",
        "Ready/TraitNotFound",
    ),
    Code(
        "project-not-found",
        _E,
        "The project does not exist",
        "add the Project, or correct the owner",
        "Ready/ProjectNotFound ReleaseSynced/ProjectNotFound",
    ),
    Code(
        "deployment-pipeline-not-found",
        _E,
        "The deployment pipeline does not exist",
        "add the DeploymentPipeline, or correct spec.deploymentPipelineRef of the project",
        "Ready/DeploymentPipelineNotFound",
    ),
    Code(
        "root-environment-missing",
        _E,
        "The deployment pipeline has no root environment",
        "let one promotion path start in an environment that is no target",
        "Ready/AutoDeployFailed",
    ),
    Code(
        "binding-name-conflict",
        _E,
        "The name of an automatic binding is taken",
        "rename that ReleaseBinding to <component>-<environment>",
        "Ready/AutoDeployFailed",
    ),
    Code(
        "component-release-not-found",
        _E,
        "The component release does not exist",
        "commit the ComponentRelease, or correct spec.releaseName",
        "ReleaseSynced/ComponentReleaseNotFound",
    ),
    Code(
        "component-release-invalid",
        _E,
        "The component release does not fit the binding",
        "point spec.releaseName to a release of the same component",
        "ReleaseSynced/InvalidReleaseConfiguration",
    ),
    Code(
        "environment-not-found",
        _E,
        "The environment does not exist",
        "add the Environment, or correct spec.environment",
        "ReleaseSynced/EnvironmentNotFound",
    ),
    Code(
        "data-plane-not-found",
        _E,
        "The data plane does not exist",
        "add the DataPlane, or set spec.dataPlaneRef of the Environment",
        "ReleaseSynced/DataPlaneNotFound",
    ),
    Code(
        "component-not-found",
        _E,
        "The component does not exist",
        "add the Component, or delete the binding",
        "ReleaseSynced/ComponentNotFound",
    ),
    Code(
        "secret-reference-not-found",
        _E,
        "The SecretReference does not exist",
        "add the SecretReference, or correct secretKeyRef.name",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "secret-key-not-found",
        _E,
        "The SecretReference has no such key",
        "choose one of its keys, or add it to spec.data",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "project-type-not-found",
        _E,
        "The project type does not exist",
        "add the project type, or correct spec.type",
        "Project:Ready/ProjectTypeNotFound",
    ),
    Code(
        "resource-type-not-found",
        _E,
        "The resource type does not exist",
        "add the resource type, or correct spec.type",
        "Resource:Ready/ResourceTypeNotFound",
    ),
    Code(
        "project-release-not-set",
        _E,
        "The project binding pins no release",
        "set spec.projectRelease",
        "Synced/ProjectReleaseNotSet",
    ),
    Code(
        "project-release-not-found",
        _E,
        "The project release does not exist",
        "commit the ProjectRelease, or correct spec.projectRelease",
        "Synced/ProjectReleaseNotFound",
    ),
    Code(
        "project-release-invalid",
        _E,
        "The project release does not fit the binding",
        "pin a release of the same project",
        "Synced/InvalidReleaseConfiguration",
    ),
    Code(
        "resource-release-not-set",
        _E,
        "The resource binding pins no release",
        "set spec.resourceRelease",
        "Synced/ResourceReleaseNotSet",
    ),
    Code(
        "resource-release-not-found",
        _E,
        "The resource release does not exist",
        "commit the ResourceRelease, or correct spec.resourceRelease",
        "Synced/ResourceReleaseNotFound",
    ),
    Code(
        "resource-release-invalid",
        _E,
        "The resource release does not fit the binding",
        "pin a release of the same resource",
        "Synced/InvalidReleaseConfiguration",
    ),
    Code(
        "resource-not-found",
        _E,
        "The resource does not exist",
        "add the Resource, or delete the binding",
        "Synced/ResourceNotFound",
    ),
    Code(
        "project-binding-missing",
        _I,
        "The project has no binding for an environment in use",
        "add a ProjectReleaseBinding for it",
        "",
    ),
    Code(
        "builtin-used",
        _I,
        "The built-in platform stands in for something that the repository does not hold",
        "declare your own, or set platform: none to be told of everything that is missing",
    ),
    Code(
        "project-namespace-missing",
        _E,
        "The project type makes no cell namespace",
        "let one resource of the type be a v1 Namespace named ${metadata.namespace}",
        "Synced/NamespaceMissing",
    ),
    Code(
        "resource-output-unresolved",
        _E,
        "An output of a resource cannot be resolved",
        "declare the value in a ResourceOutputs document beside the binding",
        "OutputsResolved/OutputResolutionFailed",
    ),
    Code(
        "binding-unpinned",
        _I,
        "The binding names no release",
        "pin it with spec.releaseName",
        "",
    ),
)

# -- schema, template, cel, traits, patch, rules --------------------------------------------------
_TEMPLATE: tuple[Code, ...] = (
    Code(
        "template-expression-invalid",
        _E,
        "An expression does not compile",
        "correct the expression; docs/cel.md describes the language",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-expression-open",
        _W,
        "An expression is not closed",
        "close it with `}`, or write the text without `${`",
    ),
    Code(
        "template-expression-nested",
        _E,
        "An expression stands inside another one",
        "use the name alone inside `${…}`, or put the inner `${` in quotes",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-name-unknown",
        _E,
        "An expression uses a name that does not exist",
        "use one of the names of this context, such as metadata or parameters",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-key-missing",
        _E,
        "An expression reads a key that is not there",
        "correct the key, give it a default in the schema, or test it with has() or .?",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-expression-failed",
        _E,
        "An expression cannot be evaluated",
        "check the types of the values that it uses; numbers of the context are doubles",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-key-not-text",
        _E,
        "A computed map key is no text",
        "convert it with string(…)",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-condition-not-boolean",
        _E,
        "A condition gives no boolean",
        "write a comparison or has(…) inside `${…}`",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-loop-not-iterable",
        _E,
        "A forEach gives neither a list nor a map",
        "give a list or a map; use split(…).map(x, x) for split text",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-loop-too-long",
        _E,
        "A forEach has too many items",
        "loop over fewer items",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-not-object",
        _E,
        "A resource template gives no object",
        "let the template be a map with apiVersion, kind and metadata",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-field-missing",
        _E,
        "A rendered resource lacks a required field",
        "set apiVersion, kind and metadata.name to text that is not empty",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "template-key-twice",
        _W,
        "Two keys of a map render to the same text",
        "keep one of them; the last one was used, the controllers choose at random",
    ),
    Code(
        "template-null-becomes-zero",
        _W,
        "A computed null becomes the number 0",
        "use oc_omit() to leave the field out, or give the value a default",
    ),
    Code(
        "template-number-exponent",
        _W,
        "A number inside text is written with an exponent",
        "write string(int(…)) to get plain digits",
    ),
    Code(
        "template-omit-in-text",
        _W,
        "An oc_omit() inside text is written as {}",
        "use an empty string there",
    ),
    Code(
        "template-omit-in-merge",
        _W,
        "An oc_omit() inside oc_merge becomes {}",
        "leave the entry out of the map, for example with {?key: …}",
    ),
    Code(
        "trait-patch-path-invalid",
        _E,
        "The path of a patch operation cannot be read",
        "write segments with `/`; select elements with [0], [-], [*] or [?(@.name=='text')]",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "trait-patch-no-match",
        _E,
        "The filter of a patch path matches no element",
        "correct the filter, or add the element first",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "trait-patch-failed",
        _E,
        "A patch operation does not fit the resource",
        "correct the path; an `add` creates missing keys, `replace` needs them",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "trait-patch-path-not-text",
        _E,
        "The path of a patch operation gives no text",
        "let the path be text, such as /metadata/annotations/${parameters.key}",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "trait-patch-omit",
        _W,
        "An oc_omit() as the whole value of a patch becomes {}",
        "leave the operation out with forEach, or give it a value",
    ),
    Code(
        "rule-failed",
        _E,
        "A rule of the type or trait is not met",
        "change the parameters, the workload or the platform so that the rule holds",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "validation-failed",
        _E,
        "A rendered resource breaks a rule of the type or trait",
        "change the parameters, or the traits that shape this resource",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "validation-no-match",
        _E,
        "A rule of the type or trait applies to no rendered resource",
        "let the resource be rendered, correct the target, or set mustMatch: false",
        "ReleaseSynced/RenderingFailed",
    ),
)

# -- connections, assemble, emit ------------------------------------------------------------------
_ASSEMBLE: tuple[Code, ...] = (
    Code(
        "trait-not-in-release",
        _E,
        "The release does not hold a trait that it uses",
        "cut the release again",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "parameters-not-an-object",
        _E,
        "Parameters are not an object",
        "write a mapping of names to values",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "parameters-invalid",
        _E,
        "Parameters do not fit the schema of their type",
        "correct the value; the schema is part of the component type or trait",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "parameter-undeclared",
        _W,
        "The schema does not declare a parameter",
        "correct the name, or declare it in the schema of the component type or trait",
    ),
    Code(
        "resource-incomplete",
        _E,
        "A finished resource lacks a required field",
        "let the template or the trait that made it write the field",
        "ReleaseSynced/RenderingFailed",
    ),
    Code(
        "observability-plane-missing",
        _W,
        "There is no observability plane for some resources",
        "add an ObservabilityPlane, or set spec.observabilityPlaneRef of the data plane",
    ),
    Code(
        "user-patch-unmatched",
        _W,
        "A patch of the configuration fits no object",
        "correct its target: group, version, kind, namespace and name are of the rendered object",
    ),
    Code(
        "user-patch-failed",
        _E,
        "A patch of the configuration cannot be applied",
        "correct the operation; krm-fn render shows the object",
    ),
    Code(
        "object-duplicate",
        _W,
        "Two rendered objects have one identity",
        "give one of them another name; a cluster would keep only the last",
    ),
    Code(
        "notification-channel-ambiguous",
        _W,
        "No channel of an environment is flagged as its default",
        "set spec.isEnvDefault: true on one of them; a cluster flags whichever it sees first",
    ),
    Code(
        "connection-repeated",
        _I,
        "The endpoints of a component depend on its own connections",
        "the provider was rendered again with its connections, as controllers would; nothing to do",
    ),
    Code(
        "connection-unsettled",
        _W,
        "Endpoints keep changing with the connections they depend on",
        "let no name or port of a Service or route depend on a connection that depends on it",
    ),
    Code(
        "connection-pending",
        _E,
        "An endpoint dependency cannot be resolved",
        "deploy the provider in this environment, or set unresolved: warn to render without it",
        "ConnectionsResolved/ConnectionsPending",
    ),
    Code(
        "resource-dependency-pending",
        _E,
        "A resource dependency cannot be resolved",
        "bind the resource in this environment, or set unresolved: warn to render without it",
        "ResourceDependenciesReady/ResourceDependenciesPending",
    ),
)

# -- checks ---------------------------------------------------------------------------------------
_CHECKS: tuple[Code, ...] = (
    Code(
        "binding-duplicate",
        _E,
        "Two bindings deploy the same thing to one environment",
        "keep one of the two; the controllers would fight over what is deployed",
        "ReleaseBinding:ReleaseSynced/ReleaseOwnershipConflict",
    ),
    Code(
        "release-name-conflict",
        _E,
        "Two bindings need a RenderedRelease of one name",
        "rename the component or the environment; the name is <component>-<environment>",
        "ReleaseBinding:ReleaseSynced/ReleaseOwnershipConflict",
    ),
    Code(
        "environment-outside-pipeline",
        _W,
        "A binding is for an environment that the project's pipeline does not lead to",
        "add the environment to spec.promotionPaths of the pipeline, or correct spec.environment",
    ),
    Code(
        "promotion-skipped",
        _W,
        "A release was not promoted through the earlier environments",
        "pin the release in the earlier environments first",
    ),
    Code(
        "trait-configuration-unknown",
        _W,
        "A trait configuration reaches no trait",
        "use the instanceName of one of the component's traits, or remove the entry",
    ),
    Code(
        "configuration-invalid",
        _W,
        "Values of a project or resource do not fit the schema of its type",
        "correct the value, or the schema of the type",
    ),
    Code(
        "dependency-visibility",
        _W,
        "A dependency asks for a visibility that the endpoint does not offer",
        "add the visibility to the endpoint, or use one that it offers",
    ),
    Code(
        "endpoint-port-closed",
        _W,
        "The network policy does not open the port that the container listens on",
        "use the same number for port and targetPort",
    ),
    Code(
        "secret-plain",
        _W,
        "A secret stands in plain text",
        "keep it in a secret store, and refer to it by a SecretReference and valueFrom",
    ),
    Code(
        "secret-reference-dangling",
        _W,
        "A workload that nothing deploys yet reads a secret that does not exist",
        "add the SecretReference or its key, or correct the name",
    ),
    Code(
        "object-schema",
        _E,
        "A rendered object does not fit the schema of its kind",
        "correct the template or the values that it is rendered from",
    ),
    Code(
        "object-unchecked",
        _I,
        "There is no schema to check a rendered object against",
        "give its CustomResourceDefinition: krm-fn validate --crds DIR",
    ),
    Code(
        "resource-unreferenced",
        _I,
        "Nothing refers to the resource",
        "remove it, or refer to it",
    ),
)

# -- lifecycle ------------------------------------------------------------------------------------
_LIFECYCLE: tuple[Code, ...] = (
    Code(
        "binding-not-found",
        _E,
        "No binding deploys the component to the environment",
        "add a ReleaseBinding for it",
    ),
    Code(
        "component-ambiguous",
        _E,
        "Several components have this name",
        "say --namespace",
    ),
    Code(
        "promotion-path-missing",
        _W,
        "The deployment pipeline has no path between the two environments",
        "promote along the pipeline, or add the path to it",
    ),
    Code(
        "release-empty",
        _E,
        "There is nothing to release",
        "look at the selection and the folder",
    ),
    Code(
        "release-previous-unknown",
        _E,
        "It is not known which release was there before",
        "say which one: --to RELEASE",
    ),
)

# -- delivery -------------------------------------------------------------------------------------
_DELIVERY: tuple[Code, ...] = (
    Code(
        "flux-substitution",
        _E,
        "Flux's substitution of variables would change an object",
        "escape it or switch substitution off for the object: output.fluxSubstitution,"
        " --flux-substitution escape or disable",
    ),
    Code(
        "output-foreign",
        _E,
        "The output folder holds YAML that is no manifest",
        "keep values, parameters and the like elsewhere: Argo CD and Flux apply every YAML file",
    ),
    Code(
        "registry-failed",
        _E,
        "The artifact cannot be pushed",
        "check the reference, the network and the credentials (docker login)",
    ),
)

CODES: dict[str, Code] = _table(
    *_YAML, *_DOORS, *_CATALOG, *_RESOLVE, *_TEMPLATE, *_ASSEMBLE, *_CHECKS, *_DELIVERY, *_LIFECYCLE
)
