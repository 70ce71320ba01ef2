"""What a request holds until it ends, however that is: its place, the state that answers it."""

from contextlib import AbstractContextManager, ExitStack

from flask import request

_HELD = "xunwen.held"


def hold(held: AbstractContextManager[None]) -> None:
    """Enter `held`, to be left when the present request has ended."""
    stack: ExitStack = request.environ.setdefault(_HELD, ExitStack())
    stack.enter_context(held)


def let_go(_error: BaseException | None = None) -> None:
    """Leave all that the request holds, what was entered last first."""
    stack: ExitStack | None = request.environ.pop(_HELD, None)
    if stack:
        stack.close()
