"""Why a promised block visit is not in the plan."""

from collections.abc import Sequence
from datetime import date

from busplan.domain.blocks import Block
from busplan.domain.objective import lost_blocks
from busplan.domain.plan import Plan
from busplan.domain.solution import LostBlock
from busplan.planning.explaining.prices import COMPETITION, SEARCH
from busplan.planning.weeks.candidates import Refusal
from busplan.planning.weeks.master import Master


def explain_lost_blocks(
    master: Master, plan: Plan, refusals: Sequence[Refusal], proven: bool
) -> tuple[LostBlock, ...]:
    """For every promised block visit that is not in the plan, the rule that forced it away.

    Unless the plan is proven optimal, a block that some tour could keep may only be overlooked.
    """
    return tuple(
        _lost_block(block, day, refusals, master, proven)
        for block, day in lost_blocks(plan, master.problem)
    )


def _lost_block(
    block: Block, day: date, refusals: Sequence[Refusal], master: Master, proven: bool
) -> LostBlock:
    here = (block.demand_id, block.stop_id, block.bus_id, day)
    for refusal in refusals:
        place = (refusal.demand_id, refusal.stop_id, refusal.bus_id, refusal.service_date)
        if place == here:
            return LostBlock(
                block_id=block.id,
                service_date=day,
                rule=refusal.grounds[0][0],
                reason="; ".join(reason for _, reason, _ in refusal.grounds),
            )
    carried = master.program.find_row(("block", (block.id, day))) is not None
    if not carried:
        rule = "shifts"
        reason = f"no crew's shift, breaks and rest hold {block.window} and the drive"
    elif proven:
        rule = COMPETITION
        reason = "it cannot be kept together with other blocks, pins or rest"
    else:
        rule = SEARCH
        reason = "the search ended early and may have overlooked how to keep it"
    return LostBlock(block_id=block.id, service_date=day, rule=rule, reason=reason)
