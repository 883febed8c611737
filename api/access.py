"""Who may do what: API keys with scopes, and when none is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.addresses import is_loopback
from api.settings import ApiKey, Scope, Settings, parse_api_key
from ontology.errors import AccessDenied, AccessForbidden, EngineMisconfigured, InvalidValue


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one running service.

    Reads need a key as soon as one is configured. Writes always need one with scope `write`, except in demo
    mode for a client on this machine while the service listens on loopback only.
    """

    keys: tuple[ApiKey, ...]
    demo: bool
    loopback_only: bool

    def check(self, scope: Scope, *, presented: str | None, client: str | None) -> None:
        """Return when the request may go on, else raise `AccessDenied` (no or wrong key) or `AccessForbidden`.

        `presented` is the text of the key, None where none came; `client` the address it came from.
        """
        if presented is not None:
            self._check_key(scope, presented=presented)
        elif not self._is_open(scope, client=client):
            remedy = "Send `Authorization: Bearer KEY` or `X-API-Key: KEY`; `ecograph keys new` makes a key."
            raise AccessDenied(f"this needs an API key with the scope {scope}", remedy=remedy)

    def _is_open(self, scope: Scope, *, client: str | None) -> bool:
        if scope == "read":
            return not self.keys
        return self.demo and self.loopback_only and client is not None and is_loopback(client)

    def _check_key(self, scope: Scope, *, presented: str) -> None:
        # Every key is compared, whichever fits, so that the time says nothing about which one it was.
        matching = [key for key in self.keys if key.matches(presented)]
        if not matching:
            raise AccessDenied("this API key is not known here", remedy="`ecograph keys list` names those that are.")
        if not any(scope in key.scopes for key in matching):
            raise AccessForbidden(
                f"the API key {matching[0].name!r} has not the scope {scope}",
                remedy=f"Make one with `ecograph keys new NAME --scope {scope}`.",
            )


def load_keys(settings: Settings) -> tuple[ApiKey, ...]:
    """Return the keys of the settings and of the keys file; a missing file is an empty one.

    Raises `EngineMisconfigured` naming the line of the file that is no key.
    """
    return (*settings.api_keys, *read_keys_file(settings))


def read_keys_file(settings: Settings) -> Sequence[ApiKey]:
    """Return the keys that `ecograph keys new` wrote, in their order; lines that start with `#` are remarks."""
    if not settings.keys_file.exists():
        return ()
    keys = []
    for number, line in enumerate(settings.keys_file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                keys.append(parse_api_key(line))
            except InvalidValue as error:
                message = f"{settings.keys_file}, line {number}: {error.message}"
                raise EngineMisconfigured(message, engine="api", remedy=error.remedy) from error
    return keys


def access_of(settings: Settings) -> Access:
    """Return the rules that the settings ask for."""
    return Access(keys=load_keys(settings), demo=settings.demo, loopback_only=is_loopback(settings.host))


def check_may_listen(settings: Settings, *, access: Access) -> None:
    """Return when the service may listen on its address: any but loopback needs a key. Raises `AccessForbidden`."""
    if not access.loopback_only and not access.keys:
        raise AccessForbidden(
            f"the service will not listen on {settings.host} while no API key is configured: anybody could read it",
            remedy="Make a key with `ecograph keys new NAME`, then start again; or keep to 127.0.0.1.",
        )
