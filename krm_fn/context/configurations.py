"""`configurations` and the lists derived from it (spec: rendering §3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from krm_fn.identity import NAME_LIMIT, fnv1a_32_hex, kubernetes_name
from krm_fn.resolve import Data

Entry = dict[str, object]
SecretData = Mapping[str, tuple[Data, ...]]
Group = dict[str, list[Entry]]

_REMOTE_FIELDS = ("key", "property", "version")


def configurations_variable(container: object, secrets: SecretData) -> dict[str, Group]:
    """Sort env and files into `configs` (literal values) and `secrets` (remote references).

    An entry whose SecretReference or key is missing is dropped; `resolve` has reported it.
    """
    configs: Group = {"envs": [], "files": []}
    remote: Group = {"envs": [], "files": []}
    source = container if isinstance(container, Mapping) else {}
    for field, group in (("env", "envs"), ("files", "files")):
        entries = source.get(field)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping):
                _sort_entry(entry, group, configs, remote, secrets)
    return {"configs": configs, "secrets": remote}


def _sort_entry(
    entry: Mapping[str, object], group: str, configs: Group, remote: Group, secrets: SecretData
) -> None:
    variable: Entry = {"name": entry.get("key") or "", "value": ""}
    if group == "files":
        variable["mountPath"] = entry.get("mountPath") or ""
    source = entry.get("valueFrom")
    wanted = source.get("secretKeyRef") if isinstance(source, Mapping) else None
    if not isinstance(wanted, Mapping):
        variable["value"] = entry.get("value") or ""
        configs[group].append(variable)
        return
    for item in secrets.get(str(wanted.get("name")), ()):
        if item.get("secretKey") == wanted.get("key"):
            reference = item.get("remoteRef")
            variable["remoteRef"] = _remote_reference(
                reference if isinstance(reference, Mapping) else {}
            )
            remote[group].append(variable)
            return


def _remote_reference(reference: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {"key": reference.get("key") or ""}
    for field in ("property", "version"):
        if reference.get(field):
            found[field] = reference[field]
    return found


def derived_configurations(
    prefix: str, configurations: Mapping[str, Mapping[str, list[Entry]]]
) -> dict[str, object]:
    """Build what the `configurations.to…()` macros read.

    `prefix` is `<component>-<environment>`.
    """
    configs, secrets = configurations["configs"], configurations["secrets"]
    config_envs, secret_envs = configs["envs"], secrets["envs"]
    config_files = [_config_file(prefix, file) for file in configs["files"]]
    secret_files = [_secret_file(prefix, file) for file in secrets["files"]]
    env_from: list[object] = []
    config_groups: list[object] = []
    secret_groups: list[object] = []
    if config_envs:
        name = kubernetes_name(NAME_LIMIT, (prefix, "env-configs"))
        env_from.append({"configMapRef": {"name": name}})
        config_groups.append({"resourceName": name, "envs": config_envs})
    if secret_envs:
        name = kubernetes_name(NAME_LIMIT, (prefix, "env-secrets"), _envs_hash(secret_envs))
        env_from.append({"secretRef": {"name": name}})
        secret_groups.append({"resourceName": name, "envs": secret_envs})
    mounts: list[object] = []
    volumes: dict[str, object] = {}
    for file, source, field in (
        *((file, "configMap", "name") for file in config_files),
        *((file, "secret", "secretName") for file in secret_files),
    ):
        volume = volume_name(f"{file['mountPath']}/{file['name']}")
        mounts.append(
            {
                "name": volume,
                "mountPath": f"{file['mountPath']}/{file['name']}",
                "subPath": file["name"],
            }
        )
        volumes[volume] = {"name": volume, source: {field: file["resourceName"]}}
    return {
        "configFileList": config_files,
        "secretFileList": secret_files,
        "containerEnvFrom": env_from,
        "configVolumeMounts": mounts,
        "configVolumes": [volumes[name] for name in sorted(volumes)],
        "configEnvs": config_groups,
        "secretEnvs": secret_groups,
    }


@lru_cache(maxsize=4096)
def volume_name(path: str) -> str:
    """Name the volume of a mounted file by the hash of its full path."""
    return "file-mount-" + fnv1a_32_hex(path)


def _file_part(file: Entry) -> str:
    return str(file["name"]).replace(".", "-")


def _config_file(prefix: str, file: Entry) -> Entry:
    derived = dict(file)
    derived["resourceName"] = kubernetes_name(NAME_LIMIT, (prefix, "config", _file_part(file)))
    return derived


def _secret_file(prefix: str, file: Entry) -> Entry:
    derived = {key: value for key, value in file.items() if key != "value"}
    extra = ""
    reference = file.get("remoteRef")
    if isinstance(reference, Mapping):
        extra = _reference_hash(reference)
    derived["resourceName"] = kubernetes_name(
        NAME_LIMIT, (prefix, "secret", _file_part(file)), extra
    )
    return derived


def _reference_text(reference: Mapping[str, object]) -> str:
    return "\0".join(str(reference.get(field) or "") for field in _REMOTE_FIELDS)


def _reference_hash(reference: Mapping[str, object]) -> str:
    return fnv1a_32_hex(_reference_text(reference))


def _envs_hash(envs: list[Entry]) -> str:
    text = ""
    for env in envs:
        reference = env.get("remoteRef")
        if isinstance(reference, Mapping):
            text += f"{env['name']}\0{_reference_text(reference)}\0"
    return fnv1a_32_hex(text)
