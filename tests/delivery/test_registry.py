"""Registries that ask who is there: users and passwords, and tokens for what one wants to do."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from krm_fn.delivery import build_artifact, parse_reference
from krm_fn.doors.registry import RegistryError, push

ARTIFACT = build_artifact({"production/a.yaml": b"kind: A\n"})
USER = base64.b64encode(b"robot:secret").decode()


class _Registry(BaseHTTPRequestHandler):
    """Takes everything from those who may write; knows nothing that it could give back."""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/token"):
            self._token()
            return
        writes = self.command in ("POST", "PUT")
        wanted = self._wanted(writes)
        if self.headers.get("Authorization") in wanted:
            found = {"PUT": 201, "POST": 202}.get(self.command, 404)
            self._send(found, {"Location": "/upload?state=1"})
        else:
            self._send(401, {"WWW-Authenticate": self._challenge("push" if writes else "pull")})

    def _wanted(self, writes: bool) -> set[str]:
        return {f"Basic {USER}"}

    def _challenge(self, action: str) -> str:
        return 'Basic realm="registry"'

    def _token(self) -> None:
        self._send(404, {})

    def _send(self, code: int, headers: dict[str, str], content: bytes = b"") -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _TokenRegistry(_Registry):
    """Gives tokens, to its user, that are good for one action."""

    def _wanted(self, writes: bool) -> set[str]:
        return {"Bearer push"} if writes else {"Bearer push", "Bearer pull"}

    def _challenge(self, action: str) -> str:
        host = self.headers["Host"]
        return f'Bearer realm="http://{host}/token",service="r",scope="repository:store:{action}"'

    def _token(self) -> None:
        if self.headers.get("Authorization") != f"Basic {USER}":
            self._send(401, {})
            return
        action = self.path.rpartition("%3A")[2]
        self._send(200, {}, json.dumps({"token": action}).encode())


@contextmanager
def served(kind: type[_Registry]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@pytest.fixture(autouse=True)
def needs_the_extra() -> None:
    pytest.importorskip("oras", reason="oras is absent: pip install 'krm-fn[oci]'")


@pytest.mark.parametrize("kind", [_Registry, _TokenRegistry])
def test_credentials_come_from_docker(
    kind: type[_Registry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with served(kind) as address:
        reference = parse_reference(f"oci://{address}/store", "production")
        with pytest.raises(RegistryError, match=address):
            push(ARTIFACT, reference)
        config = {"auths": {address: {"auth": USER}}}
        (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
        assert push(ARTIFACT, reference) == (ARTIFACT.digest, True)


class _Broken(_Registry):
    def _answer(self) -> None:
        body = json.dumps({"errors": [{"code": "DENIED", "message": "quota exceeded"}]}).encode()
        self._send(429 if self.command == "POST" else 404, {}, body)

    do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815


def test_the_words_of_the_registry_are_passed_on() -> None:
    with served(_Broken) as address:
        reference = parse_reference(f"oci://{address}/store", "production")
        with pytest.raises(RegistryError, match=r"429 .*: quota exceeded"):
            push(ARTIFACT, reference)
