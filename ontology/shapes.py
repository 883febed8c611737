"""Validation of RDF against `shapes.ttl` with pySHACL, reported in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyshacl import validate as run_pyshacl
from rdflib import RDF, SH, Graph, Literal
from rdflib.term import Identifier, Node

from ontology.schema import ECO


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not fit: which node, which of its properties, what is wrong, and the value if there is one.

    `severity` is `Violation` or `Warning`.
    """

    severity: str
    shape: str
    focus: str
    path: str
    message: str
    value: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The outcome. `conforms` is True where no finding is a violation; warnings may remain. Findings are sorted."""

    conforms: bool
    findings: tuple[Finding, ...]

    def counts(self) -> Mapping[str, int]:
        """Return how often each message occurs, most frequent first."""
        tally = Counter(f"{finding.severity}: {finding.message}" for finding in self.findings)
        return dict(sorted(tally.items(), key=lambda item: (-item[1], item[0])))

    def text(self, *, limit: int = 20) -> str:
        """Return the report in words: the counts, then the first `limit` findings."""
        if not self.findings:
            return "The export fits every shape.\n"
        lines = [f"{count:>7}  {message}" for message, count in self.counts().items()]
        for finding in self.findings[:limit]:
            value = f" = {finding.value}" if finding.value else ""
            lines.append(f"{finding.severity}: {finding.focus} {finding.path}{value}: {finding.message}")
        left = len(self.findings) - limit
        return "\n".join([*lines, *([f"… and {left} more"] if left > 0 else [])]) + "\n"


def validate(graph: Graph) -> ValidationReport:
    """Check an export against the shapes; the ontology's class hierarchy counts. Takes about 1 s for 5,000 triples."""
    _, result, _ = run_pyshacl(graph, shacl_graph=_read("shapes.ttl"), ont_graph=_read("eco.ttl"), advanced=False)
    # On a failure of its own pySHACL returns the exception in the graph's place; that is a fault here, not of the data.
    if not isinstance(result, Graph):
        raise TypeError(f"pySHACL gave no report: {result!r}")
    findings = tuple(sorted(_finding(result, node) for node in result.subjects(RDF.type, SH.ValidationResult)))
    return ValidationReport(all(finding.severity != "Violation" for finding in findings), findings)


@cache
def _read(name: str) -> Graph:
    text = files("ontology").joinpath(name).read_text(encoding="utf-8")
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def _finding(result: Graph, node: Node) -> Finding:
    messages = sorted(str(o) for o in result.objects(node, SH.resultMessage) if isinstance(o, Literal))
    return Finding(
        severity=_short(result.value(node, SH.resultSeverity)),
        shape=_short(result.value(node, SH.sourceConstraintComponent)),
        focus=_short(result.value(node, SH.focusNode)),
        path=_short(result.value(node, SH.resultPath)),
        message=messages[0] if messages else "",
        value=_short(result.value(node, SH.value)),
    )


def _short(node: Node | None) -> str:
    if not isinstance(node, Identifier):
        return ""
    return str(node).removeprefix(str(ECO)).removeprefix(str(SH)).removeprefix("urn:ecograph:entity:")
