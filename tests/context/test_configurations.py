"""`configurations` and what is derived from it, with the worked values of the specification."""

from __future__ import annotations

from krm_fn.context.configurations import (
    configurations_variable,
    derived_configurations,
    volume_name,
)

SECRETS = {
    "db": (
        {"secretKey": "password", "remoteRef": {"key": "kv/app", "property": "pass"}},
        {"secretKey": "token", "remoteRef": {"key": "kv/token", "version": "2"}},
    )
}


def secret(name: str, key: str) -> dict[str, object]:
    return {"valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def test_literals_and_secrets_are_told_apart() -> None:
    container = {
        "env": [
            {"key": "A", "value": "1"},
            {"key": "EMPTY", "valueFrom": {}},
            {"key": "B", **secret("db", "password")},
            {"key": "GONE", **secret("db", "nothing")},
            {"key": "ALSO_GONE", **secret("other", "password")},
        ],
        "files": [
            {"key": "app.yaml", "mountPath": "/etc/app", "value": "x: 1\n"},
            {"key": "t", "mountPath": "/etc/t", **secret("db", "token")},
        ],
    }
    assert configurations_variable(container, SECRETS) == {
        "configs": {
            "envs": [{"name": "A", "value": "1"}, {"name": "EMPTY", "value": ""}],
            "files": [{"name": "app.yaml", "value": "x: 1\n", "mountPath": "/etc/app"}],
        },
        "secrets": {
            "envs": [
                {"name": "B", "value": "", "remoteRef": {"key": "kv/app", "property": "pass"}}
            ],
            "files": [
                {
                    "name": "t",
                    "value": "",
                    "mountPath": "/etc/t",
                    "remoteRef": {"key": "kv/token", "version": "2"},
                }
            ],
        },
    }


def test_names_are_those_of_the_specification() -> None:
    container = {
        "env": [{"key": "A", "value": "1"}, {"key": "B", **secret("db", "password")}],
        "files": [
            {"key": "app.yaml", "mountPath": "/other", "value": "x"},
            {"key": "s.pem", "mountPath": "/etc/tls/", **secret("db", "password")},
        ],
    }
    derived = derived_configurations("web-dev", configurations_variable(container, SECRETS))
    assert derived["containerEnvFrom"] == [
        {"configMapRef": {"name": "web-dev-env-configs-b2c522b1"}},
        {"secretRef": {"name": "web-dev-env-secrets-1390519e"}},
    ]
    (config,) = derived["configFileList"]  # type: ignore[misc]
    assert config["resourceName"] == "web-dev-config-app-yaml-6e42695b"  # type: ignore[has-type]
    (remote,) = derived["secretFileList"]  # type: ignore[misc]
    assert remote["resourceName"] == "web-dev-secret-s-pem-1c40e938"  # type: ignore[has-type]
    assert "value" not in remote  # type: ignore[has-type]
    assert derived["configVolumeMounts"] == [
        {
            "name": "file-mount-0fa3ef61",
            "mountPath": "/other/app.yaml",
            "subPath": "app.yaml",
        },
        {
            "name": volume_name("/etc/tls//s.pem"),
            "mountPath": "/etc/tls//s.pem",
            "subPath": "s.pem",
        },
    ]


def test_a_secret_replaces_a_config_of_the_same_volume_and_volumes_are_sorted() -> None:
    container = {
        "files": [
            {"key": "f", "mountPath": "/a", "value": "x"},
            {"key": "f", "mountPath": "/a", **secret("db", "password")},
            {"key": "g", "mountPath": "/b", "value": "y"},
        ]
    }
    derived = derived_configurations("web-dev", configurations_variable(container, SECRETS))
    volumes = derived["configVolumes"]
    assert isinstance(volumes, list)
    names = [volume["name"] for volume in volumes]
    assert names == sorted(names)
    by_name = {volume["name"]: volume for volume in volumes}
    assert "secret" in by_name[volume_name("/a/f")]
    assert "configMap" in by_name[volume_name("/b/g")]


def test_nothing_gives_empty_lists() -> None:
    derived = derived_configurations("web-dev", configurations_variable(None, {}))
    assert all(value == [] for value in derived.values())
