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

    try:
        client = _authenticated(oras.provider.Registry(insecure=reference.is_loopback), reference)
        return _Conversation(client, reference).push(artifact)
    except RequestException as error:
        raise RegistryError(f"{reference.registry} cannot be reached: {_reason(error)}") from None
    except (oras.auth.AuthenticationException, ValueError) as error:
        raise RegistryError(f"{reference.registry} refuses: {error}") from None


def _authenticated(client: Registry, reference: Reference) -> Registry:
    """Give a client the credentials of Docker, and the patience of a person."""
    import oras.auth
    from requests.adapters import HTTPAdapter

    class Adapter(HTTPAdapter):
        """Gives up on a silent registry."""

        def send(self, request: Any, *args: Any, **options: Any) -> Any:
            options["timeout"] = options.get("timeout") or _TIMEOUT
            return super().send(request, *args, **options)

    client.session.mount("http://", Adapter())
    client.session.mount("https://", Adapter(max_retries=2))
    answer = client.session.get(f"{client.prefix}://{reference.registry}/v2/")
    wants_user = answer.headers.get("WWW-Authenticate", "").lower().startswith("basic")
    if wants_user:
        client.auth = oras.auth.get_auth_backend("basic", client.session, reference.is_loopback)
    folder = os.environ.get("DOCKER_CONFIG", "")
    file = Path(folder, "config.json")
    configs = [str(file)] if folder and file.is_file() else None
    container = client.get_container(f"{reference.registry}/{reference.repository}")
    client.auth.load_configs(container, configs=configs)
    if wants_user and not getattr(client.auth, "_basic_auth", None):
        raise ValueError("it wants a user, and Docker's configuration names none for it")
    return client


class _Conversation:
    """The requests of one push."""

    def __init__(self, client: Registry, reference: Reference) -> None:
        self._client = client
        self._reference = reference
        self._host = f"{client.prefix}://{reference.registry}"
        self._base = f"{self._host}/v2/{reference.repository}"

    def push(self, artifact: Artifact) -> tuple[str, bool]:
        place = f"{self._base}/manifests/{self._reference.tag}"
        found = self._request("GET", place, headers={"Accept": MANIFEST_TYPE})
        if found.status_code == 200 and artifact.holds_the_same(_manifest(found.content)):
            return digest_of(found.content), False
        absent = [blob for blob in artifact.blobs if not self._has(digest_of(blob))]
        # A token for reading is not good for writing, and the library would go on using it.
        self._client.auth.token = None
        for blob in absent:
            self._push_blob(blob)
        headers = {"Content-Type": MANIFEST_TYPE}
        self._checked("PUT", place, data=artifact.manifest, headers=headers)
        return artifact.digest, True

    def _has(self, digest: str) -> bool:
        found = self._request("HEAD", f"{self._base}/blobs/{digest}")
        return bool(found.status_code == 200)

    def _push_blob(self, blob: bytes) -> None:
        begun = self._checked("POST", f"{self._base}/blobs/uploads/")
        place = urljoin(f"{self._host}/", begun.headers.get("Location", ""))
        joint = "&" if "?" in place else "?"
        headers = {"Content-Type": _OCTETS}
        url = f"{place}{joint}digest={digest_of(blob)}"
        self._checked("PUT", url, data=blob, headers=headers)

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
