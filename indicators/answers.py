"""Answers counted together in groups: the good end, the bad end, and what is between."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.figure import Figure, QuestionRow
from indicators.questionnaire import AnswerOption


def in_groups(row: QuestionRow) -> QuestionRow:
    """The same row on a scale of at most three answers; the share and everything said of it stay."""
    # The answers that make up the share, as many from the other end, and any between; best first.
    options = row.scale.best_first
    bad_end = len(options) - min(row.scale.top, len(options) - row.scale.top)
    parts = options[: row.scale.top], options[row.scale.top : bad_end], options[bad_end:]
    groups = [part for part in parts if part]
    base = tuple(AnswerOption(value=one[0].value, text=_together(one)) for one in groups)
    outside = tuple(option for option in row.scale.options if not option.in_base)
    few = {"options": (*base, *outside), "good_end": base[0].value, "top": 1}
    figures = {"figure": _counted(row.figure, groups), "benchmark": _counted(row.benchmark, groups)}
    return replace(row, scale=row.scale.model_copy(update=few), **figures)


def _together(options: Sequence[AnswerOption]) -> str:
    """One text for them all: "Enig / Helt enig", and for more than two "3 til 8"."""
    texts = [option.text for option in options]
    return " / ".join(texts) if len(texts) < 3 else f"{texts[0]} til {texts[-1]}"


def _counted(figure: Figure, groups: Sequence[Sequence[AnswerOption]]) -> Figure:
    if figure.counts is None:
        return figure
    counts = iter(figure.counts)
    return replace(figure, counts=tuple(sum(next(counts) for _ in group) for group in groups))
