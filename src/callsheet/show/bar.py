"""A bar drawn to scale in whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def columns(amounts: Sequence[int], total: int) -> list[int]:
    """How many of `total` columns each amount takes: in proportion, and one at least for what is not nothing.

    They come to `total`. Raises ValueError where there are fewer columns than amounts, or all amounts are nothing.
    """
    some = [amount for amount in amounts if amount > 0]
    if not some or len(some) > total:
        raise ValueError(f"{len(some)} amounts do not fit into {total} columns")
    whole = sum(some)
    exact = [max(0, amount) * total / whole for amount in amounts]
    taken = [max(1, int(share)) if share > 0 else 0 for share in exact]
    while (spare := total - sum(taken)) != 0:
        step = 1 if spare > 0 else -1
        # The column goes to, or comes from, the amount that is the furthest from its share.
        at = max(
            (index for index, count in enumerate(taken) if count + step >= 1 and exact[index] > 0),
            key=lambda index: step * (exact[index] - taken[index]),
        )
        taken[at] += step
    return taken
