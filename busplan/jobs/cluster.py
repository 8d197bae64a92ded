"""The workers of a dask.distributed cluster."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from types import ModuleType
from typing import Any, TypeVar

from busplan.domain.errors import InvalidInput, ServiceDown

A = TypeVar("A")
R = TypeVar("R")
CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""

_log = logging.getLogger(__name__)


class Cluster:
    """Whatever workers the scheduler at an address has; they may come and go meanwhile.

    Needs the extra ``busplan[cluster]`` here and busplan itself on the workers. Raises
    ``InvalidInput`` without the former and ``ServiceDown`` where no scheduler answers.
    """

    def __init__(self, address: str) -> None:
        distributed = _distributed()
        try:
            self._client: Any = distributed.Client(
                address, timeout=CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise ServiceDown(f"no scheduler answers at {address}: {error}") from error
        self.losses = (distributed.KilledWorker,)
        # Not pure: the same work asked for twice is done twice, not looked up.
        self._executor: Any = self._client.get_executor(pure=False)
        if not self._client.scheduler_info()["workers"]:
            _log.warning("the scheduler at %s has no workers yet", address)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what is not done; workers end the jobs they are at, and nobody hears of them."""
        self._client.close()

    def start(self, work: Callable[[A], R], argument: A) -> Future[R]:
        """Have the work done by the cluster; its scheduler keeps what waits."""
        future: Future[R] = self._executor.submit(work, argument)
        return future


def _distributed() -> ModuleType:
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise InvalidInput(
            f"a cluster needs a package that is not here ({error.name}), of the extra"
            " busplan[cluster]; in a clone: pip install '.[cluster]'"
        ) from error
    module: ModuleType = distributed
    return module
