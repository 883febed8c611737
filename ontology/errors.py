"""Every error the project raises on purpose.

    EcographError
     ├─ InvalidInput              what the caller sent cannot be understood (HTTP 400/422)
     │   ├─ InvalidValue          a text is no value of its type (a USCC, a date, a quantity …)
     │   ├─ InvalidQuery          a search or graph request that cannot be run
     │   └─ InvalidMapping        a mapping file is at fault; names file and line
     ├─ RecordRejected            one record cannot be used; it is quarantined and the run goes on
     ├─ SourceUnusable            a file or feed cannot be read at all; nothing of it was kept
     ├─ NotFound                  the thing asked for does not exist (HTTP 404)
     ├─ NotSupported              this engine cannot do that; says which can (HTTP 501)
     ├─ AccessDenied              no key, or a wrong key (HTTP 401)
     │   └─ AccessForbidden       known, but not allowed: a key without the scope, a foreign page (HTTP 403)
     ├─ Conflict                  the state forbids it: another process writes, a batch is stale (HTTP 409)
     └─ EngineError               an engine behind a seam failed
         ├─ EngineUnavailable     did not answer, or is shutting down; try again later (HTTP 503)
         ├─ EngineMisconfigured   wrong password, wrong version, missing index (HTTP 503, remedy in the text)
         └─ EngineFailed          answered with a fault that a retry does not mend (HTTP 500)

HTTP status codes live in one table of the API, not here.
"""


class EcographError(Exception):
    """Root of the tree; `remedy` says in one sentence what the reader can do, empty where nothing helps."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class InvalidInput(EcographError):
    """What the caller sent cannot be understood."""


class InvalidValue(InvalidInput):
    """A text is not a value of its type. `code` is a stable word for counting, such as `check-character`."""

    def __init__(self, message: str, *, code: str, text: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.code = code
        self.text = text


class InvalidQuery(InvalidInput):
    """A search or graph request that cannot be run. `position` counts characters from 0, None if unknown."""

    def __init__(self, message: str, *, position: int | None = None, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.position = position


class InvalidMapping(InvalidInput):
    """A mapping file is at fault. `line` counts from 1, None if the fault is not at one line."""

    def __init__(self, message: str, *, file: str, line: int | None = None, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.file = file
        self.line = line


class RecordRejected(EcographError):
    """One record cannot be used. It goes to quarantine under `code` with the text; the run goes on."""

    def __init__(self, message: str, *, code: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.code = code


class SourceUnusable(EcographError):
    """A file or feed cannot be read at all; nothing of it was kept."""

    def __init__(self, message: str, *, source: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.source = source


class NotFound(EcographError):
    """The thing asked for does not exist."""


class NotSupported(EcographError):
    """This engine cannot do that; the message says which can."""


class AccessDenied(EcographError):
    """No key, or a wrong key."""


class AccessForbidden(AccessDenied):
    """Who asks is known, but not allowed: a key without the scope, a page of a foreign origin."""


class Conflict(EcographError):
    """The state forbids it: another process writes, a batch is stale."""


class EngineError(EcographError):
    """An engine behind a seam failed. `engine` is its name, such as `neo4j`."""

    def __init__(self, message: str, *, engine: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.engine = engine


class EngineUnavailable(EngineError):
    """The engine did not answer, or is shutting down; try again later."""


class EngineMisconfigured(EngineError):
    """Wrong password, wrong version or a missing index: the remedy says what to change."""


class EngineFailed(EngineError):
    """The engine answered with a fault that a retry does not mend."""
