"""The educations of a unit, or the institutions of an education, from the store."""

from collections.abc import Iterator

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, GroupFigures, Which, groups
from indicators.profile import ProfilePart
from indicators.report import Datum
from indicators.selection import ALL, Option
from views.foundation.report_source import Source


def parts(source: Source) -> Iterator[ProfilePart]:
    """By name; those that are hidden too, for that there is such a part is no secret."""
    chosen = source.selection
    if chosen.education.key == ALL:
        by, named, which = "education", queries.educations, Which((chosen.unit.key,), education=EACH)
    else:
        by, named = "institution", queries.institutions
        which = Which((chosen.unit.key,), education=chosen.education.key, institution=EACH)
    found = {getattr(cell, by): some for cell, some in groups(source.session, source.rounds, which).items()}
    for one in named(source.session, found):
        some = found[one.key]
        scores = {theme.id: some.score(theme.id) for theme in source.questionnaire.themes}
        yield ProfilePart(one, scores, tuple(figures_of(source, some, **{by: one})))


def figures_of(source: Source, group: GroupFigures, **who: Option) -> Iterator[Datum]:
    """The figures of a group that is as chosen but for what `who` names: unit, education or institution."""
    chosen = source.selection
    about = {"unit": chosen.unit, "education": chosen.education, "institution": chosen.institution} | who
    for question in source.questions:
        theme, figure = source.asked(question.id).theme, group.figure(question.id)
        yield Datum(chosen.year, **about, theme=theme, question=question, figure=figure)
