"""How the chair and the desk order the list by a rule."""

import datetime as dt
from collections.abc import Mapping

from flask_babel import gettext as _

from meetings.database import transaction
from meetings.floor.commands import acting, placing
from meetings.floor.queries.listed import heard, listed
from meetings.floor.rules.balance import CATEGORIES
from meetings.floor.rules.ordering import Policy, order
from meetings.journal import Actor
from meetings.models.floor import Floor
from meetings.refusals import Refused

_LONGEST_SEED = 40


def apply_order(
    *,
    session_id: int,
    policy: str,
    priority: bool,
    quotas: Mapping[str, int],
    seed: str | None,
    version: int,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Order those who wait by a rule, which from now on also says where newcomers go.

    `quotas` (places by category) are kept until other ones are given, `seed` is for the draw alone: it is logged with
    the order, so that anybody can draw again. Refused once the floor has closed.
    """
    with transaction():
        floor = acting.lock_floor(session_id)
        acting.refuse_closed(floor)
        wanted = _rule(floor, policy, priority, quotas, seed)
        before = {name: getattr(floor, name) for name in wanted}
        for name, value in wanted.items():
            setattr(floor, name, value)
        waiting = acting.waiting(floor)
        ids = [each.id for each in waiting]
        ordered = [each.id for each in order(listed(session_id), placing.ordering(floor), heard(session_id))]
        if before == wanted and ids == ordered:
            return
        acting.refuse_stale(floor, version)
        placing.reorder(waiting, ordered)
        acting.chair_acted(floor)
        order_before, order_after = before | {"order": ids}, wanted | {"order": ordered}
        acting.log(floor, "floor.ordered", actor=actor, now=now, before=order_before, after=order_after)


def _rule(floor: Floor, policy: str, priority: bool, quotas: Mapping[str, int], seed: str | None) -> dict[str, object]:
    """The rule's columns; refuses what is no rule."""
    if policy not in set(Policy):
        raise Refused(_("There is no such rule for the order of the list."))
    seed = (seed or "").strip()
    if policy == Policy.DRAW and not 0 < len(seed) <= _LONGEST_SEED:
        raise Refused(_("A draw needs a word of at most %(number)s characters.", number=_LONGEST_SEED))
    if policy == Policy.QUOTAS:
        if not quotas.keys() <= set(CATEGORIES):
            raise Refused(_("There is no such category of stakeholders."))
        if any(places < 0 for places in quotas.values()) or not any(quotas.values()):
            raise Refused(_("Give at least one category a number of places."))
    return {
        "policy": policy,
        "priority": priority,
        "quotas": dict(quotas) if policy == Policy.QUOTAS else floor.quotas,
        "draw_seed": seed if policy == Policy.DRAW else None,
    }
