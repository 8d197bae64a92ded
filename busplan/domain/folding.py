"""Names reduced to what people agree on: case, umlauts, ß, hyphens and blanks fall away."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_DIGRAPH = re.compile(r"([aou])e")
_LIGATURES = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})


def fold(text: str) -> str:
    """Lower-case ASCII words with one blank between: ``Eschweiler über Feld`` without its dots."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return _NOT_A_WORD.sub(" ", letters).strip()


def squeeze(folded: str) -> str:
    """A folded text with ae, oe, ue as a, o, u and ss as s: Dueren, Düren and Duren are one.

    Also one letter for each letter with dots and each ß, so that one wrong letter stays one.
    """
    return _DIGRAPH.sub(r"\1", folded).replace("ss", "s")
