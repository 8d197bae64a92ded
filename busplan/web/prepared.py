"""The short way: a request whose answer lies ready is answered before any routing."""

from starlette.types import ASGIApp, Receive, Scope, Send

from busplan.web.snapshot import SnapshotHolder


class PreparedAnswers:
    """Sends what the snapshot has prepared; everything else goes on to the app.

    The app's own endpoints would send the very same ``Answer``, only later.
    """

    def __init__(self, app: ASGIApp, holder: SnapshotHolder) -> None:
        self.app = app
        self._holder = holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            snapshot = self._holder.current
            if snapshot is not None:
                answer = snapshot.find_prepared(scope["path"], scope["query_string"])
                if answer is not None:
                    await answer(scope, receive, send)
                    return
        await self.app(scope, receive, send)
