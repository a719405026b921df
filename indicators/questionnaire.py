"""What was asked: survey, themes, questions and scales, as data that travel with each round."""

from collections.abc import Collection
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Part(BaseModel):
    """Frozen, and strict about names: a misspelt key in a file is an error, not a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class AnswerOption(_Part):
    """One answer; `value` is the number a file may hold instead of the text."""

    value: int
    text: str = Field(min_length=1)
    in_base: bool = True


class Scale(_Part):
    """Answers in the order shown; `good_end` is the value of the best one.

    `top` options nearest the good end make up the share, which the screen calls `share_label`.
    """

    id: str
    options: tuple[AnswerOption, ...] = Field(min_length=2)
    good_end: int
    top: int = Field(default=2, ge=1)
    share_label: str = "enige"

    @model_validator(mode="after")
    def _good_end_is_an_end(self) -> "Scale":
        values = [option.value for option in self.options]
        base = [option.value for option in self.base]
        if len(set(values)) != len(values):
            raise ValueError(f"skalaen {self.id} bruger samme værdi to gange")
        if len({option.text.casefold() for option in self.options}) != len(values):
            raise ValueError(f"skalaen {self.id} bruger samme svartekst to gange")
        if not base or self.good_end not in (base[0], base[-1]):
            raise ValueError(f"skalaen {self.id}: good_end skal være skalaens første eller sidste svar")
        if self.top >= len(base):
            raise ValueError(f"skalaen {self.id}: top skal være mindre end antallet af svar")
        return self

    @property
    def base(self) -> tuple[AnswerOption, ...]:
        """The options that count, in the order shown ("ved ikke" is outside)."""
        return tuple(option for option in self.options if option.in_base)

    @property
    def best_first(self) -> tuple[AnswerOption, ...]:
        """The options that count, from the good end to the bad end."""
        base = self.base
        return base if base[0].value == self.good_end else base[::-1]

    def counts_like(self, other: "Scale") -> bool:
        """Whether the same answers make up the share on both scales, whatever the scales are called."""
        return (self.options, self.good_end, self.top) == (other.options, other.good_end, other.top)

    @property
    def favourable(self) -> frozenset[int]:
        """Values of the options that make up the share."""
        return frozenset(option.value for option in self.best_first[: self.top])


class ThemeRole(StrEnum):
    """What a theme is used for besides what it asks about."""

    OVERALL = "overall"
    """It sums the survey up: what the parts of a unit are shown by until the reader chooses a theme."""


class Theme(_Part):
    """A group of questions that belong together."""

    id: str
    name: str
    role: ThemeRole | None = None
    """Rounds that were stored before there were roles have none: the last theme does for the overall one."""


class Question(_Part):
    """One closed question; `common` ones compare across educations, others never do.

    Where `high_is_bad` the verdict's words are turned ("Klart over" is still the better side). `base` says
    which answer sheets count in n where not all do.
    """

    id: str
    theme: str
    text: str
    short: str = Field(max_length=45)
    scale: str
    common: bool = True
    high_is_bad: bool = False
    base: str = ""


class Pair(_Part):
    """A question of this survey and one of another that ask two groups about the same thing."""

    name: str
    question: str
    other_survey: str
    other_question: str


class SeriesBreak(_Part):
    """From `year` on, figures are not comparable with earlier ones (question None: the whole survey)."""

    year: int
    reason: str
    question: str | None = None
    text_before: str | None = None


def about_theme(theme_id: str) -> str:
    """How a stored row says that it is about a theme, where others are about a question."""
    return f"tema:{theme_id}"


class Questionnaire(_Part):
    """A survey's questions with their themes and scales, in the order shown."""

    survey: str = Field(pattern=r"^[a-z][a-z0-9]*$")
    name: str
    respondents: str
    themes: tuple[Theme, ...] = Field(min_length=1)
    scales: tuple[Scale, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1)
    series_breaks: tuple[SeriesBreak, ...] = ()
    pairs: tuple[Pair, ...] = ()

    @model_validator(mode="after")
    def _ids_are_used_once(self) -> "Questionnaire":
        for what, ids in (("tema", self.themes), ("skala", self.scales), ("spørgsmål", self.questions)):
            seen = [part.id for part in ids]
            if len(set(seen)) != len(seen):
                raise ValueError(f"samme id er brugt til mere end ét {what}")
        if [theme.role for theme in self.themes].count(ThemeRole.OVERALL) > 1:
            raise ValueError(f"mere end ét tema har rollen {ThemeRole.OVERALL}")
        return self

    @model_validator(mode="after")
    def _questions_have_theme_and_scale(self) -> "Questionnaire":
        themes, scales = {t.id for t in self.themes}, {s.id for s in self.scales}
        for question in self.questions:
            if question.theme not in themes:
                raise ValueError(f"spørgsmål {question.id}: temaet {question.theme} findes ikke")
            if question.scale not in scales:
                raise ValueError(f"spørgsmål {question.id}: skalaen {question.scale} findes ikke")
        return self

    @model_validator(mode="after")
    def _breaks_and_pairs_are_about_questions(self) -> "Questionnaire":
        asked = {question.id for question in self.questions}
        for one in self.series_breaks:
            if one.question and one.question not in asked:
                raise ValueError(f"databruddet i {one.year}: spørgsmålet {one.question} findes ikke")
        for pair in self.pairs:
            if pair.question not in asked:
                raise ValueError(f"parret {pair.name}: spørgsmålet {pair.question} findes ikke")
        return self

    @model_validator(mode="after")
    def _themes_point_one_way(self) -> "Questionnaire":
        for theme in self.themes:
            ways = {q.high_is_bad for q in self.questions if q.theme == theme.id and q.common}
            if len(ways) > 1:
                raise ValueError(
                    f"temaet {theme.id} blander spørgsmål, hvor højt er godt, og hvor højt er dårligt"
                )
        return self

    def question(self, question_id: str) -> Question:
        """The question with that id; KeyError when there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def scale_of(self, question: Question) -> Scale:
        """The scale on which the question is answered."""
        return next(scale for scale in self.scales if scale.id == question.scale)

    def questions_in(self, theme_id: str) -> tuple[Question, ...]:
        """The theme's questions in the order asked."""
        return tuple(question for question in self.questions if question.theme == theme_id)

    def common_in(self, theme_id: str) -> set[str]:
        """Ids of the theme's common questions."""
        return {question.id for question in self.questions_in(theme_id) if question.common}

    def breaks_between(self, earlier: int, later: int, questions: Collection[str]) -> bool:
        """Whether a series break keeps any of the questions from being compared over these years."""
        return any(
            earlier < series_break.year <= later
            and (series_break.question is None or series_break.question in questions)
            for series_break in self.series_breaks
        )

    def as_asked_in(self, year: int) -> "Questionnaire":
        """The same questionnaire with the wording of that year."""
        later_breaks = [b for b in self.series_breaks if year < b.year]
        earlier = {b.question: b.text_before for b in later_breaks if b.question and b.text_before}
        questions = tuple(
            q.model_copy(update={"text": earlier[q.id]}) if q.id in earlier else q for q in self.questions
        )
        return self.model_copy(update={"questions": questions})
