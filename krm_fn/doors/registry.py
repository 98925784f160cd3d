"""Pushing an artifact to an OCI registry, over the client library `oras` (the extra `oci`).

The library knows how registries want to be spoken to: challenges, tokens, Docker's credential
files and helpers. What is sent is ours to the byte; its own `push` packs files anew, with the time
of day in them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from krm_fn.delivery import MANIFEST_TYPE, Artifact, Reference, digest_of

if TYPE_CHECKING:
    from oras.provider import Registry

_TIMEOUT: Final = (10, 120)  # seconds to connect, seconds of silence
_OCTETS: Final = "application/octet-stream"


class RegistryError(Exception):
    """The registry cannot be reached, or refuses; the text is a sentence for the user."""


def push(artifact: Artifact, reference: Reference) -> tuple[str, bool]:
    """Push an artifact under the tag of a reference.

    Out: the digest that the tag has now, and whether anything was pushed: an artifact of equal
    content and source stays what it is, whatever its revision, so that Flux sees nothing new.
    Raises RegistryError; ImportError where `oras` is not installed.
    """
    import oras.auth
    import oras.provider
    from requests.exceptions import RequestException

    client = _client(oras.provider.Registry, reference)
    try:
        return _Conversation(client, reference).push(artifact)
    except RequestException as error:
        raise RegistryError(f"{reference.registry} cannot be reached: {_reason(error)}") from None
    except oras.auth.AuthenticationException as error:
        raise RegistryError(f"{reference.registry} wants other credentials: {error}") from None
    except ValueError as error:
        raise RegistryError(f"{reference.registry} refuses: {error}") from None


def _client(registry: type[Registry], reference: Reference) -> Registry:
    from requests.adapters import HTTPAdapter

    class Adapter(HTTPAdapter):
        """Gives up on a silent registry."""

        def send(self, request: Any, *args: Any, **options: Any) -> Any:
            options["timeout"] = options.get("timeout") or _TIMEOUT
            return super().send(request, *args, **options)

    client = registry(insecure=reference.is_loopback)
    client.session.mount("http://", Adapter())
    client.session.mount("https://", Adapter(max_retries=2))
    docker = Path(os.environ.get("DOCKER_CONFIG", ""), "config.json")
    configs = [str(docker)] if os.environ.get("DOCKER_CONFIG") and docker.is_file() else None
    container = client.get_container(f"{reference.registry}/{reference.repository}")
    client.auth.load_configs(container, configs=configs)
    return client


class _Conversation:
    """The requests of one push."""

    def __init__(self, client: Registry, reference: Reference) -> None:
        self._client = client
        self._reference = reference
        self._host = f"{client.prefix}://{reference.registry}"
        self._base = f"{self._host}/v2/{reference.repository}"

    def push(self, artifact: Artifact) -> tuple[str, bool]:
        found = self._request("GET", self._manifest, headers={"Accept": MANIFEST_TYPE})
        if found.status_code == 200 and artifact.holds_the_same(_manifest(found.content)):
            return digest_of(found.content), False
        for blob in artifact.blobs:
            self._push_blob(blob)
        headers = {"Content-Type": MANIFEST_TYPE}
        self._checked("PUT", self._manifest, data=artifact.manifest, headers=headers)
        return artifact.digest, True

    @property
    def _manifest(self) -> str:
        return f"{self._base}/manifests/{self._reference.tag}"

    def _push_blob(self, blob: bytes) -> None:
        digest = digest_of(blob)
        if self._request("HEAD", f"{self._base}/blobs/{digest}").status_code == 200:
            return
        begun = self._checked("POST", f"{self._base}/blobs/uploads/")
        place = urljoin(f"{self._host}/", begun.headers.get("Location", ""))
        joint = "&" if "?" in place else "?"
        headers = {"Content-Type": _OCTETS}
        self._checked("PUT", f"{place}{joint}digest={digest}", data=blob, headers=headers)

    def _checked(self, method: str, url: str, **options: Any) -> Any:
        answer = self._request(method, url, **options)
        if answer.status_code >= 300:
            raise RegistryError(
                f"{self._reference.registry} answers {method} {url.partition('?')[0]} with"
                f" {answer.status_code} {answer.reason}{_said(answer.content)}"
            )
        return answer

    def _request(self, method: str, url: str, **options: Any) -> Any:
        # Without the decorator of the library, which tries again for minutes.
        request = type(self._client).do_request.__wrapped__
        return request(self._client, url, method, **options)


def _manifest(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(content: bytes) -> str:
    """Return the messages of an OCI error, if the answer is one."""
    errors = _manifest(content).get("errors")
    if not isinstance(errors, list):
        return ""
    words = [str(error.get("message", "")) for error in errors if isinstance(error, dict)]
    return f": {'; '.join(word for word in words if word)}" if any(words) else ""


def _reason(error: Exception) -> str:
    """Return the innermost cause, which is the one that says something."""
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
    return str(cause) or type(cause).__name__
