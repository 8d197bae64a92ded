"""One day as staff see it: every visit with its id in the plan, and where it stands."""

from datetime import date

from fastapi import APIRouter, Depends, Response

from busplan.usecases.show_board import show_board
from busplan.web.deps import TheHouse, require_staff
from busplan.web.errors import documented
from busplan.web.schemas.tracking import BoardOut, board_out
from busplan.web.snapshot import API

router = APIRouter(prefix=f"{API}/board", tags=["staff"], dependencies=[Depends(require_staff)])


@router.get("/{day}", operation_id="get_board", responses=documented(401, 422))
def get_board(day: date, house: TheHouse, answer: Response) -> BoardOut:
    """All published visits of a day, also those the public does not see."""
    answer.headers["Cache-Control"] = "no-store"
    return board_out(show_board(house.engine, day))
