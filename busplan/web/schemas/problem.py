"""Problem details after RFC 9457."""

from pydantic import BaseModel, ConfigDict


class Fault(BaseModel):
    """One thing wrong with a request: where it stands and what was expected."""

    model_config = ConfigDict(frozen=True)

    where: str
    name: str
    expected: str


class ProblemOut(BaseModel):
    """What went wrong, for programs (``status``, ``kind``) and for people (``detail``)."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    kind: str
    errors: tuple[Fault, ...] = ()
