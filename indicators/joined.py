"""Several units that a reader adds up: the sum of what is published of each, and nothing else.

Whatever is shown of them follows from what everybody may read already, so it tells nothing more. They are no
group that was decided on, so there is no verdict on them.
"""

from collections.abc import Sequence

from indicators.disclosure import PERSONS_FOR_DETAIL
from indicators.figure import HIDDEN, NO_ANSWERS, Figure, Response, State, share_only
from indicators.intervals import wilson
from indicators.judgement import Judgement
from indicators.response import badge


def added_responses(responses: Sequence[Response]) -> Response:
    """All answers and all invited; hidden where one of them is."""
    invited_in = [response for response in responses if response.state is not State.NO_ANSWERS]
    if not invited_in:
        return Response(State.NO_ANSWERS)
    if any(one.answers is None for one in invited_in):
        return Response(State.HIDDEN)
    answers = sum(one.answers for one in invited_in)
    known = all(one.invited is not None for one in invited_in)
    invited = sum(one.invited for one in invited_in) if known else None
    return Response(State.SHOWN, answers, invited, badge(answers, invited))


def added_figures(figures: Sequence[Figure]) -> Figure:
    """All answers with their interval; hidden where one cannot be read: no part may be missing."""
    answered = [figure for figure in figures if figure.state is not State.NO_ANSWERS]
    if not answered:
        return NO_ANSWERS
    if any(figure.favourable is None for figure in answered):
        return HIDDEN
    n, favourable, persons = (
        sum(getattr(figure, name) for figure in answered) for name in ("n", "favourable", "persons")
    )
    if persons < PERSONS_FOR_DETAIL:
        return share_only(n, favourable, persons)
    counts, outside = (
        _added([getattr(one, name) for one in answered]) for name in ("counts", "outside_base")
    )
    low, high = (round(float(limit), 6) for limit in wilson(favourable, n))
    judgement = Judgement(low, high)
    numbers = n, favourable, persons, counts, outside
    return Figure(State.SHOWN, *numbers, judgement=judgement, withheld=counts is None)


def _added(values: Sequence[int | tuple[int, ...] | None]) -> int | tuple[int, ...] | None:
    if None in values:
        return None
    if isinstance(values[0], tuple):
        return tuple(map(sum, zip(*values, strict=True)))
    return sum(values)
