"""How often each option occurs among the rows that were read, and what looks as if answers were lost."""

from collections import Counter
from collections.abc import Iterable, Iterator

from data_access.imports.mapping import Mapping
from data_access.imports.mapping_parts import NOT_CHOSEN, QuestionColumn
from data_access.imports.report import QuestionTally, counted
from data_access.imports.validation_errors import shown

_SHEETS = ("besvarelse", "besvarelser")


def question_tallies(mapping: Mapping, rows: Iterable[dict]) -> tuple[QuestionTally, ...]:
    """A tally of each mapped question, from answer sheets or counted groups as they are stored."""
    numbers: dict[str, Counter[int]] = {question.id: Counter() for question in mapping.asked_questions}
    for row in rows:
        for name, value in row.get("answers", {}).items() if "answered" in row else ():
            numbers[name][value] += 1
        for name, counts in row.get("tallies", {}).items():
            numbers[name].update({int(value): count for value, count in counts.items()})
    questionnaire = mapping.questionnaire_as_read
    tallies = []
    for question in mapping.asked_questions:
        counts = numbers[question.id]
        scale = mapping.scale_of(question.id)
        offered = scale.base if mapping.counts else scale.options
        options = {option.text: counts[option.value] for option in offered}
        base = questionnaire.question(question.id).base
        tallies.append(QuestionTally(question.id, question.short, options, base))
    return tuple(tallies)


def lost_answers(mapping: Mapping, tallies: Iterable[QuestionTally], sheets: int) -> Iterator[str]:
    """Questions of two answers of which one hardly occurs while cells are empty: empty may be that answer."""
    for tally, column, empty in _with_empty_cells(mapping, tallies, sheets):
        base = {option.text: tally.options[option.text] for option in mapping.scale_of(tally.id).base}
        often = max(base, key=base.get)
        seldom = min(base, key=base.get)
        if len(base) != 2 or not base[often] or base[seldom] > _most_besides(empty, base[often], sheets):
            continue
        others = f" og {base[seldom]} gange '{seldom}'" if base[seldom] else ""
        place = f'column = "{column.column}"' + (f', choice = "{column.choice}"' if column.choice else "")
        yield (
            f"Kolonnen '{shown(column.heading)}' har {'' if others else 'kun '}svaret '{often}' "
            f"({base[often]}){others}, og {counted(empty, *_SHEETS)} er uden svar. Betyder tom '{seldom}', "
            f'så skriv i mappingfilen {tally.id} = {{ {place}, blank = "{seldom}" }}. Er tom intet svar, så '
            'skriv blank = "".'
        )


def _most_besides(empty: int, ticks: int, sheets: int) -> int:
    """So many answers besides the ticks may be written where most say it by an empty cell."""
    return min(max(1, empty // 10), ticks - 1) if empty > sheets / 2 else 0


def empty_cells(mapping: Mapping, tallies: Iterable[QuestionTally], sheets: int) -> Iterator[str]:
    """What a person must know of the answer sheets that a question leaves out."""
    for tally, _column, empty in _with_empty_cells(mapping, tallies, sheets):
        if tally.base:
            yield (
                f"{tally.id}: {counted(empty, *_SHEETS)} uden kryds i spørgsmålet tæller ikke med. Skal de "
                f"tælle som '{NOT_CHOSEN}', så skriv blank = \"{NOT_CHOSEN}\" ved spørgsmålet i mappingfilen"
            )
        elif len(_base_split(mapping, tally)[0]) == 1:
            yield f"{tally.id}: alle svar er ens, og {counted(empty, *_SHEETS)} er uden svar"


def _with_empty_cells(
    mapping: Mapping, tallies: Iterable[QuestionTally], sheets: int
) -> Iterator[tuple[QuestionTally, QuestionColumn, int]]:
    for tally in tallies:
        column = mapping.questions[tally.id]
        if tally.answers < sheets and column.blank is None:
            yield tally, column, sheets - tally.answers


def _base_split(mapping: Mapping, tally: QuestionTally) -> tuple[list[str], list[str]]:
    """The options of the base that occur, and those that do not."""
    texts = [option.text for option in mapping.scale_of(tally.id).base]
    return [text for text in texts if tally.options[text]], [t for t in texts if not tally.options[t]]
