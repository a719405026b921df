"""Students and supervisors asked about the same thing the same year, from the store."""

from collections.abc import Iterator
from dataclasses import replace

from data_access.dashboard import queries
from data_access.dashboard.cells import GroupFigures
from indicators.figure import State
from indicators.profile import Side, SideBySide
from indicators.selection import Option
from views.foundation.report_source import Source


def pairs(source: Source) -> Iterator[SideBySide]:
    """The matched pairs of all questionnaires, where both sides were asked that year and one is shown."""
    surveys = {named.key: _Answered(source, named) for named in _asked_that_year(source)}
    for survey in surveys.values():
        for pair in survey.source.questionnaire.pairs:
            other = surveys.get(pair.other_survey)
            if other and other.was_asked(pair.other_question):
                sides = other.side(pair.other_question), survey.side(pair.question)
                if State.SHOWN in {side.figure.state for side in sides}:
                    yield SideBySide(pair.name, sides)


def _asked_that_year(source: Source) -> Iterator[Option]:
    for survey in queries.surveys(source.session, source.release):
        rounds = queries.rounds_of_survey(source.session, source.release, survey.key)
        if source.selection.year in {one.year for one in rounds}:
            yield survey


class _Answered:
    """What the unit answered to one survey."""

    def __init__(self, source: Source, survey: Option) -> None:
        self.source = Source(source.session, source.release, replace(source.selection, survey=survey))
        self.group: GroupFigures = self.source.group(source.selection.unit)

    def was_asked(self, question_id: str) -> bool:
        return any(question.id == question_id for question in self.source.questionnaire.questions)

    def side(self, question_id: str) -> Side:
        asked = self.source.asked(question_id)
        who = self.source.selection.survey, self.source.questionnaire.respondents
        return Side(*who, asked.theme, asked.question, self.group.figure(question_id))
