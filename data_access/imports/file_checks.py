"""What must be right about a whole file before any of its rows is believed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from data_access.imports.answers import AnswerRows
from data_access.imports.dropped_columns import complain_of_cpr
from data_access.imports.duplicates import equal_sheets, repeated, respondent_column
from data_access.imports.mapping import NOT_CHOSEN, Mapping, QuestionColumn
from data_access.imports.persons import person_keys
from data_access.imports.report import QuestionTally, counted, tallied
from data_access.imports.tables import SurveyTable, complain, folded
from data_access.imports.validation_errors import ValidationErrors, shown
from indicators.danish import listed

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
        elif sum(tally.options[option.text] > 0 for option in mapping.scale_of(tally.id).base) == 1:
            yield f"{tally.id}: alle svar er ens, og {counted(empty, *_SHEETS)} er uden svar"


def _with_empty_cells(
    mapping: Mapping, tallies: Iterable[QuestionTally], sheets: int
) -> Iterator[tuple[QuestionTally, QuestionColumn, int]]:
    for tally in tallies:
        column = mapping.questions[tally.id]
        if tally.answers < sheets and column.blank is None:
            yield tally, column, sheets - tally.answers


_SURVEY = "survey"
_STATUS_HEADING = re.compile(r"status|tilstand|state$|statoverall")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[-./]\d\d?[-./]\d{2,4}")
_MOST_STATUSES = 8
_ENOUGH_EMPTY = 5
"""With fewer rows without an answer, any column may divide them from the others by chance."""
_MOST = 0.8


def check_file(table: SurveyTable, mapping: Mapping, complaints: ValidationErrors) -> None:
    """CPR numbers anywhere, codes without a text in a column that is read, and signs of a spoilt export."""
    complain_of_cpr(table, complaints)
    of_questions = {folded(column.heading) for column in mapping.questions.values()}
    read = {folded(heading) for heading in mapping.headings}
    unlabelled = {heading: fault for heading, fault in table.unlabelled.items() if folded(heading) in read}
    for heading, fault in unlabelled.items():
        if fault:
            by_code = _BY_CODE.format(shown(heading)) if folded(heading) in of_questions else ""
            complaints.add(f"Kolonnen '{shown(heading)}': {fault}. Ret labels i eksporten{by_code}.")
    if any(unlabelled.values()):
        complaints.stop_if_any()  # what has no text would be told once more as an unknown word
    for text in _codes_of_other_answers(table, mapping):
        complaints.add(text)
    respondents = respondent_column(table)
    if respondents and folded(respondents) != folded(mapping.columns.person or ""):
        person_keys(table, respondents, complaints)
    if mapping.format == "surveyxact":
        _check_is_one_survey(table, complaints)


def _codes_of_other_answers(table: SurveyTable, mapping: Mapping) -> Iterator[str]:
    """Questions taken by code where labels give the words of one answer to the code of another."""
    by_code = mapping.by_code()
    codes = {folded(heading): behind for heading, behind in table.codes.items() if folded(heading) in by_code}
    for name, column in mapping.questions.items():
        values = {folded(option.text): str(option.value) for option in mapping.scale_of(name).options}
        for text, own in codes.get(folded(column.heading), {}).items():
            value = values.get(folded(text))
            if value and value not in own:
                yield (
                    f"Kolonnen '{shown(column.heading)}': koden {listed([*map(shown, own)])} er "
                    f"'{shown(text)}' i labels, men det er {value} på skalaen. Ret labels eller skalaens tal "
                    'i spørgeskemaet, eller fjern by = "code", så svarene læses efter teksten.'
                )


def numbers_for_other_codes(table: SurveyTable, mapping: Mapping) -> Iterator[str]:
    """Labels of a question that are only a number, and another one than the code, by which they are read."""
    for name, column in mapping.questions.items():
        texts = {folded(option.text) for option in mapping.scale_of(name).options}
        for text, codes in table.codes.get(column.heading, {}).items():
            if text.isdecimal() and codes != (text,) and text not in texts:
                yield f"{name}: teksten '{shown(text)}' i labels er læst som sin kode, {listed(codes)}"


_BY_CODE = (
    ', eller skriv {{ column = "{}", by = "code" }} under [questions] i mappingfilen, hvis koderne er '
    "skalaens egne tal"
)


def _check_is_one_survey(table: SurveyTable, complaints: ValidationErrors) -> None:
    surveys = Counter(filter(None, table.columns.get(_SURVEY, ())))
    if len(surveys) > 1:
        rarer = {survey for survey, _ in surveys.most_common()[1:]}
        complain(table, _SURVEY, rarer, lambda text: _TWO_SURVEYS.format(shown(text)), complaints)


_TWO_SURVEYS = (
    "Filen har rækker fra flere undersøgelser ('{}' er ikke den, som de fleste rækker er fra). Eksportér én "
    "undersøgelse ad gangen, eller slet rækkerne."
)


def check_sheets(
    table: SurveyTable, read: AnswerRows, mapping: Mapping, complaints: ValidationErrors
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Answers that seem lost, a status that nobody reads, and rows that are there twice.

    Gives the duplicates and remarks of sheets that are taken all the same. The table's rows are those that
    were read. ImportProblem unless the mapping has an answer to each.
    """
    answered = sum(sheet["answered"] for sheet in read.sheets)
    tallies = question_tallies(mapping, read.sheets)
    for text in (*lost_answers(mapping, tallies, answered), *_unread_status(table, read, mapping)):
        complaints.add(text)
    headings = {folded(heading) for heading in mapping.headings}
    duplicates = tuple(repeated(table, read.sheets, headings))
    if not mapping.duplicates:
        for text in duplicates:
            complaints.add(f"{text}. {ALLOW_DUPLICATES}")
    complaints.stop_if_any()
    return duplicates, (*empty_cells(mapping, tallies, answered), *_remarks(table, read))


def _remarks(table: SurveyTable, read: AnswerRows) -> Iterator[str]:
    answered = [sheet["answered"] for sheet in read.sheets]
    if without := sum(is_answered > has for is_answered, has in zip(answered, read.has_answers, strict=True)):
        yield f"{counted(without, 'besvarelse', 'besvarelser')} uden et eneste svar på spørgsmålene"
    if equal := equal_sheets(table, read.sheets):
        yield (
            f"{counted(equal, 'besvarelse', 'besvarelser')} er ens med en anden i alt, hvad filen har; "
            "uden nøgle kan ingen se, om det er samme person"
        )


ALLOW_DUPLICATES = (
    "Ret filen, eller skriv i mappingfilen, hvorfor det er rigtigt: [duplicates] med en linje som "
    'reason = "to praktikforløb samme sted".'
)


def _unread_status(table: SurveyTable, rows: AnswerRows, mapping: Mapping) -> Iterator[str]:
    """Without a status column every row is an answer: wrong, where a column says who has answered."""
    if mapping.status or all(rows.has_answers):
        return
    read = {folded(heading) for heading in mapping.headings}
    for heading, cells in table.columns.items():
        if folded(heading) in read:
            continue
        if _says_when_answered(cells, rows.has_answers):
            yield _DATED.format(shown(heading), counted(cells.count(""), "række", "rækker"))
        elif len(set(cells)) > _MOST_STATUSES:
            continue
        elif empty := _values_without_answers(heading, cells, rows.has_answers):
            yield (
                f"Kolonnen '{shown(heading)}' ser ud til at sige, hvem der har svaret (uden svar: "
                f"{tallied(empty)}), men mappingfilen læser den ikke, så alle rækker ville være "
                f'besvarelser. Skriv status = "{shown(heading)}" under [columns] og dens ord under [status], '
                "eller vælg rækkerne med [keep]."
            )


_DATED = (
    "Kolonnen '{0}' har kun datoer i de rækker, der har svar, og er tom i {1} uden svar, men mappingfilen "
    'læser den ikke, så alle rækker ville være besvarelser. Skriv "{0}" = [""] under [leave_out], hvis de '
    "tomme ikke har svaret, eller læs en kolonne med status."
)


def _says_when_answered(cells: list[str], has_answer: list[bool]) -> bool:
    """Whether there is a date in every row with an answer, and in few others."""
    dates = [bool(cell) for cell in cells]
    if all(dates) or not all(_DATE.match(cell) for cell in set(cells) if cell):
        return False
    without = [has for is_dated, has in zip(dates, has_answer, strict=True) if not is_dated]
    return not any(without) and sum(has_answer) > _MOST * sum(dates)


def _values_without_answers(heading: str, cells: list[str], has_answer: list[bool]) -> dict[str, int]:
    """{value: rows} of the values whose rows have no answers, where these tell who has answered."""
    by_value: defaultdict[str, list[bool]] = defaultdict(list)
    for cell, has in zip(cells, has_answer, strict=True):
        by_value[cell].append(has)
    empty = {value: len(rows) for value, rows in by_value.items() if not any(rows)}
    if not empty or len(empty) == len(by_value):
        return {}
    without = sum(empty.values())
    others_have_answers = has_answer.count(True) > _MOST * (len(cells) - without)
    divides = without >= max(_ENOUGH_EMPTY, _MOST * has_answer.count(False)) and others_have_answers
    return empty if (divides and "" not in by_value) or _STATUS_HEADING.search(folded(heading)) else {}
