"""What a masked value carries: the mask to show and, with a salt, a keyed hash to tell equal ones."""

import hashlib
import hmac

from ontology.values.value_type import Context, Parsed


def masked(shown: str, whole: str, context: Context) -> Parsed:
    """Return the mask as value; with `context.salt` the key is 16 hexadecimal digits of HMAC-SHA-256, else the mask.

    Without a salt two people whose masks are equal cannot be told apart: that is the point.
    """
    if context.salt is None:
        return Parsed(shown)
    digest = hmac.new(context.salt.encode(), whole.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]
    return Parsed(shown, key=digest, parts=(("pseudonym", digest),))
