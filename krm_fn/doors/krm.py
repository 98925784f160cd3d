"""The KRM function: a ResourceList comes in, a ResourceList goes out.

Upstream twins: kustomize's `kyaml/fn/framework`, kpt's function runtime (spec: krm §1 to §3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from krm_fn import emit, yamlio
from krm_fn.doors import (
    duplicates,
    host_annotations,
    items,
    kustomization,
    marker,
    ownership,
    repository,
)
from krm_fn.doors.envelope import Envelope, cut
from krm_fn.doors.host import Host, detect
from krm_fn.doors.presentation import presented
from krm_fn.doors.rendering import is_failed, render_selected
from krm_fn.findings import Collector, Finding, Origin, Severity
from krm_fn.identity import labels
from krm_fn.report import krm_results
from krm_fn.settings import Settings, parse_settings

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource

SUCCESS: Final = 0
FOUND_ERRORS: Final = 1
MISUSE: Final = 2
STANDARD_INPUT: Final = "<stdin>"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the function says: a complete ResourceList as text, findings in order, exit code."""

    text: str
    findings: tuple[Finding, ...]
    exit_code: int


def answer(content: bytes, directory: Path, *, debug: bool = False) -> Answer:
    """Run the function.

    In: the bytes of standard input and the working directory (that of the kustomization that
    lists the function, or the caller's under kpt). Out: always a complete ResourceList; where
    anything is an error its items are those that came in. Exit code 0, 1 for error findings
    (with `strict` for warnings too), 2 for input or settings that are no good. A bug of ours
    becomes a finding as well, or with `debug` stays the exception that it is.
    """
    findings = Collector()
    envelope = _read(content, findings, "kustomize")
    if envelope is None:
        return _refuse(Envelope({}), findings, MISUSE)
    settings = _settings(envelope, findings)
    if settings is None:
        return _refuse(envelope, findings, MISUSE)
    if settings.yaml != "kustomize":
        findings = Collector()
        envelope = _read(content, findings, settings.yaml) or envelope
    try:
        return _Run(envelope, settings, directory, findings).answer()
    except Exception as error:  # the outermost layer: a host must get an answer
        if debug:
            raise
        findings.add("internal-error", bug_text(error))
        return _refuse(envelope, findings, FOUND_ERRORS)


class _Run:
    """One run with settings that are known to be good."""

    def __init__(
        self, envelope: Envelope, settings: Settings, directory: Path, findings: Collector
    ) -> None:
        self.envelope = envelope
        self.directory = directory
        self.host: Host = detect(envelope.items, envelope.function_config)
        self.settings = repository.with_identity_map(
            directory, settings, findings, self.configuration
        )
        self.roles = [items.role(item, settings.select) for item in envelope.items]
        self.findings = self.placed(findings)

    def placed(self, findings: Collector) -> Collector:
        """Move findings from lines of standard input to the items written there.

        What is merely odd in an item of somebody else is not reported.
        """
        moved = Collector()
        for finding in findings:
            place = finding.position
            number = None
            if place is not None and place.file == STANDARD_INPUT:
                number = self.envelope.item_at(place.line)
            if number is None:
                moved.append(finding)
            elif self.roles[number] == "input" or finding.severity is Severity.ERROR:
                document = items.document(self.envelope.items[number])
                moved.append(
                    replace(finding, resource=document.reference, position=document.position(()))
                )
        return moved

    def answer(self) -> Answer:
        """Render and write the answer."""
        rendered = self.render()
        if is_failed(self.findings, self.settings):
            return _refuse(self.envelope, self.findings, FOUND_ERRORS)
        found = self.findings.sorted()
        results = krm_results(found)
        if self.settings.mode == "validate":
            kept = () if self.by_kustomize else range(len(self.envelope.items))
            return Answer(self.envelope.write(kept, (), results), found, SUCCESS)
        text = self.envelope.write(self.kept, self.added(rendered), results)
        return Answer(text, found, SUCCESS)

    @property
    def configuration(self) -> yamlio.Document | None:
        """The functionConfig as a document."""
        config = self.envelope.function_config
        return None if config is None else yamlio.Document.from_item(config)

    @property
    def by_kustomize(self) -> bool:
        """Whether kustomize is calling."""
        return self.host in ("generator", "transformer")

    def render(self) -> Sequence[RenderedResource]:
        """Read, render and check; everything that is wrong becomes a finding."""
        inputs = [
            item
            for item, role in zip(self.envelope.items, self.roles, strict=True)
            if role == "input"
        ]
        documents = items.documents(inputs, self.findings)
        if self.settings.sources:
            documents += repository.read_sources(
                self.directory, self.settings, self.findings, self.configuration
            )
        elif self.host == "generator":
            self.findings.add(
                "sources-missing",
                "a kustomize generator sees no resources and has no sources to read",
                origin=Origin(self.configuration, ("spec",)) if self.configuration else None,
            )
        if self.findings.has_errors():
            return ()
        rendered = render_selected(
            documents, self.settings, self.findings, keeps_duplicates=self.host == "stream"
        )
        self.check_clashes(rendered)
        if self.host == "generator" and self.settings.mode == "render":
            kustomization.report_renaming(self.directory, rendered, self.findings)
        return rendered

    @property
    def kept(self) -> list[int]:
        """The items that stay, by number."""
        inputs = self.settings.output.inputs
        keep = inputs == "keep" or (inputs == "auto" and self.host == "package")
        return [
            number
            for number, role in enumerate(self.roles)
            if role == "foreign" or (keep and role != "replaced")
        ]

    def check_clashes(self, rendered: Sequence[RenderedResource]) -> None:
        """Report identities and files that are taken, where the host would mind."""
        if self.host == "stream":
            return
        stay = [self.envelope.items[number] for number in self.kept]
        strangers = [item for item in stay if not ownership.is_generated(item)]
        duplicates.report_clashes(
            rendered, strangers, self.findings, one_place=self.host != "package"
        )
        if self.host == "package":
            places = {yamlio.Document.from_item(item).file: item for item in stay}
            for path in self.paths(rendered):
                if path in places:
                    document = yamlio.Document.from_item(places[path])
                    self.findings.add(
                        "path-taken",
                        f"{path} holds {document.reference}, which this function did not write",
                        resource=document.reference,
                        position=document.position(()),
                    )

    def paths(self, rendered: Sequence[RenderedResource]) -> list[str]:
        """Name the file of each rendered resource, relative to the package."""
        output = self.settings.output
        folder = output.directory.strip("/")
        paths = emit.file_paths(rendered, output)
        return [f"{folder}/{path}" if folder else path for path in paths]

    def added(self, rendered: Sequence[RenderedResource]) -> list[dict[str, Any]]:
        """Dress the rendered resources for the host."""
        if self.host == "package":
            return [
                host_annotations.annotated(presented(resource), self.place(resource, path))
                for resource, path in zip(rendered, self.paths(rendered), strict=True)
            ]
        made = [presented(resource) for resource in rendered]
        name = self.settings.output.marker
        if self.by_kustomize and name:
            stay = (self.envelope.items[number] for number in self.kept)
            if not any(marker.is_marker(item, name) for item in stay):
                made.append(marker.marker(name))
        return made

    def place(self, resource: RenderedResource, path: str) -> dict[str, str]:
        """Return the annotations that own a resource and name its file."""
        added = {
            labels.GENERATED: ownership.mark(resource),
            host_annotations.PATH: path,
            host_annotations.INDEX: "0",
        }
        carried = [host_annotations.annotations_of(item) for item in self.envelope.items]
        if not any(host_annotations.PATH in found for found in carried):
            added |= {host_annotations.LEGACY_PATH: path, host_annotations.LEGACY_INDEX: "0"}
        return added


def _read(content: bytes, findings: Collector, mode: yamlio.Mode) -> Envelope | None:
    """Read a ResourceList; None, with a finding, if it is none."""
    if not content.strip():
        findings.add("input-empty", "standard input is empty")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        findings.add(
            "input-encoding",
            f"byte 0x{content[error.start]:02x} in line {line} of standard input is not UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n")
    read = yamlio.parse(text, file=STANDARD_INPUT, mode=mode, findings=findings)
    if not read and findings.has_errors():
        return None
    problem = _misfit(read)
    if problem:
        findings.add("input-invalid", problem)
        return None
    return cut(text, read[0].data)


def _misfit(read: Sequence[yamlio.Document]) -> str:
    """Say why documents are no ResourceList; nothing if they are one."""
    if len(read) != 1:
        return f"standard input holds {len(read)} documents, not one ResourceList"
    data = read[0].data
    if data.get("kind") != "ResourceList":
        return f"standard input holds kind {data.get('kind')}, not ResourceList"
    found = data.get("items")
    if found is not None and not isinstance(found, list):
        return "items is not a list"
    number = items.misshapen(found or [])
    return "" if number is None else f"items[{number}] is not an object"


def _settings(envelope: Envelope, findings: Collector) -> Settings | None:
    """Read the functionConfig; None, with findings, if it is no good."""
    config = envelope.function_config
    if config is None:
        return Settings()
    if not isinstance(config, dict):
        findings.add("config-kind", "functionConfig is not an object")
        return None
    found = Collector()
    settings = parse_settings(config, found, yamlio.Document.from_item(config))
    findings.extend(found)
    return None if found.has_errors() else settings


def _refuse(envelope: Envelope, findings: Collector, exit_code: int) -> Answer:
    """Answer with the items as they came, and what is wrong."""
    found = findings.sorted()
    text = envelope.write(range(len(envelope.items)), (), krm_results(found))
    return Answer(text, found, exit_code)


def bug_text(error: Exception) -> str:
    """Describe an exception that is a bug of ours in one line: type, text, innermost place."""
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{where}"
