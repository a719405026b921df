"""The text of a first mapping file (TOML), with comments in Danish where a person must decide."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data_access.imports.mapping import TO_FILL_IN
from data_access.imports.tables import folded
from data_access.imports.validation_errors import shown

Options = tuple[tuple[int, str], ...]
"""A scale's values and texts in the order shown."""

OUTSIDE_BASE = {"ved ikke", "ikke relevant", "ønsker ikke at svare", "husker ikke", "ingen mening"}
_MOST_ADDED = 60
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "y", "ö": "oe", "ä": "ae"})


@dataclass(frozen=True)
class ProposedQuestion:
    """A question that the file seems to hold, and where."""

    text: str
    options: Options
    column: str = ""
    choice: str = ""
    n: str = ""
    option_columns: tuple[str, ...] = ()
    by_code: bool = False
    blank: str = ""


@dataclass(frozen=True)
class Draft:
    """What was found; `toml()` is the mapping file."""

    format: str
    questions: list[ProposedQuestion]
    sheet: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    status: dict[str, list[str]] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    person: str | None = None
    unknown: dict[str, list[str]] = field(default_factory=dict)
    unit: str = ""
    response: dict[str, str] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)

    def toml(self) -> str:
        """The mapping file's text."""
        parts = (
            self._head(),
            self._columns(),
            self._status(),
            self._values(),
            self._added(),
            self._places(),
            self._questionnaire(),
        )
        return "\n".join(line for part in parts for line in part) + "\n"

    def _head(self) -> Iterator[str]:
        yield "# Udkast til mappingfil. Ret alt, der er mærket TJEK, før filen bruges til import."
        yield f'format = "{self.format}"'
        yield f'source = "{TO_FILL_IN}: hvem har spurgt hvem og hvornår" # TJEK'
        yield "sample = false # true, hvis svarene er lavet til afprøvning"
        if self.sheet:
            yield f"\n[sheets]\ntable = {_quoted(self.sheet)} # TJEK: det største ark i projektmappen"

    def _columns(self) -> Iterator[str]:
        yield "\n[columns] # TJEK: valgt efter, hvad der står i kolonnerne"
        yield from (f"{kind} = {_quoted(heading)}" for kind, heading in self.columns.items())
        if not {"municipality", "hospital"} & set(self.columns):
            yield f'municipality = "{TO_FILL_IN}" # fandt ingen kolonne med kommuner eller hospitaler'
        if "education" not in self.columns:
            yield f'education = "{TO_FILL_IN}" # fandt ingen kolonne med uddannelser'
        if self.person:
            yield f"# person = {_quoted(self.person)} # kun hvis personer skal genkendes (som kode) i runden"
        yield from (f"# ikke med: {heading} ({reason})" for heading, reason in self.dropped.items())

    def _status(self) -> Iterator[str]:
        if self.status:
            yield "\n[status] # TJEK: hvem er inviteret, og hvem har svaret"
            for state, words in self.status.items():
                yield f"{state} = [{', '.join(map(_quoted, words))}]"

    def _values(self) -> Iterator[str]:
        if self.private:
            yield f"\n[values]\nprivate = [{', '.join(map(_quoted, self.private))}] # TJEK"

    def _added(self) -> Iterator[str]:
        for kind, names in self.unknown.items():
            if names:
                yield f"\n# TJEK: navne, som ikke kendes. En stavemåde hører til i [values.{kind}] i stedet:"
                yield '# "stavemåde" = "kendt navn"'
            for name in names[:_MOST_ADDED]:
                yield f"[[add.{kind}]]\nid = {_quoted(_slug(name))}\nname = {_quoted(name)}"
            if len(names) > _MOST_ADDED:
                yield f"# … og {len(names) - _MOST_ADDED} flere"

    def _places(self) -> Iterator[str]:
        """Where each question is in the file."""
        if self.format == "counts":
            yield from self._counts()
            return
        yield "\n[questions] # TJEK: slet dem, der ikke er spørgsmål"
        for name, question in self._named():
            place = _quoted(question.column)
            if question.choice:
                place = f"{{ column = {place}, choice = {_quoted(question.choice)} }}"
            elif question.by_code:
                place = f'{{ column = {place}, by = "code" }} # TJEK: ikke alle koder har en tekst i labels'
            elif question.blank:
                place = f"{{ column = {place}, blank = {_quoted(question.blank)} }} # TJEK: er tom et nej?"
            yield f"{name} = {place}"

    def _counts(self) -> Iterator[str]:
        yield f'\n[counts]\nunit = "{self.unit}"'
        if self.response:
            yield "\n[counts.response] # TJEK"
            yield from (f"{what} = {_quoted(heading)}" for what, heading in self.response.items())
        for name, question in self._named():
            options = zip(question.option_columns, question.options, strict=True)
            listed = ", ".join(f"{_quoted(heading)} = {_quoted(text)}" for heading, (_, text) in options)
            yield f"\n[counts.questions.{name}]\nn = {_quoted(question.n)}\noptions = {{ {listed} }}"

    def _questionnaire(self) -> Iterator[str]:
        yield "\n[questionnaire] # TJEK: flyt det evt. til sin egen fil, så flere år kan deles om det"
        yield 'survey = "maaling" # små bogstaver; runden hedder så fx maaling-2025'
        yield f'name = "{TO_FILL_IN}"\nrespondents = "{TO_FILL_IN}"'
        yield '\n[[questionnaire.themes]]\nid = "tema"\nname = "Tema" # TJEK'
        scales: dict[Options, str] = {}
        for _, question in self._named():
            scales.setdefault(question.options, f"skala{len(scales) + 1}")
        for options, scale in scales.items():
            yield from _scale(scale, options)
        for name, question in self._named():
            yield f'\n[[questionnaire.questions]]\nid = "{name}"\ntheme = "tema"'
            yield f"text = {_quoted(question.text)}\nshort = {_quoted(_short(question.text))} # TJEK"
            yield f'scale = "{scales[question.options]}"'

    def _named(self) -> Iterator[tuple[str, ProposedQuestion]]:
        for number, question in enumerate(self.questions, start=1):
            yield f"S{number:02d}", question


def _scale(name: str, options: Options) -> Iterator[str]:
    inside = [(value, text) for value, text in options if folded(text) not in OUTSIDE_BASE]
    inside = inside if len(inside) > 1 else list(options)
    yield f'\n[[questionnaire.scales]]\nid = "{name}"'
    yield f"good_end = {inside[0][0]} # TJEK: værdien af det bedste svar"
    yield f"top = {2 if len(inside) > 3 else 1}"
    yield "options = ["
    for value, text in options:
        outside = "" if (value, text) in inside else ", in_base = false"
        yield f"    {{ value = {value}, text = {_quoted(text)}{outside} }},"
    yield "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= 45 else text[:44].rstrip() + "…"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold().translate(_LETTERS)).strip("-") or "uden-navn"


def remarks(dropped: dict[str, str]) -> dict[str, str]:
    """The columns left out for what they hold, not just for being unused."""
    return {shown(heading): why for heading, why in dropped.items() if why != "ikke i mapping"}


def ordered(answers: Iterable[str]) -> Options:
    """Answers as options: numbers as they are, known words in their known order, others as met."""
    texts = list(answers)
    if all(text.isdecimal() for text in texts):
        return tuple((int(text), text) for text in sorted(texts, key=int, reverse=True))
    known = max(_ORDERS, key=lambda order: sum(text in order for text in texts))
    inside = [text for text in texts if folded(text) not in OUTSIDE_BASE]
    inside.sort(key=lambda text: known.index(text) if text in known else len(known))
    outside = [text for text in texts if text not in inside]
    return tuple(
        [(len(inside) - place, text) for place, text in enumerate(inside)]
        + [(90 + place, text) for place, text in enumerate(outside)]
    )


_ORDERS = (
    ("I meget høj grad", "I høj grad", "I nogen grad", "I mindre grad", "I ringe grad", "Slet ikke"),
    ("Helt enig", "Meget enig", "Enig", "Hverken enig eller uenig", "Uenig", "Meget uenig", "Helt uenig"),
    ("Meget tilfreds", "Tilfreds", "Hverken tilfreds eller utilfreds", "Utilfreds", "Meget utilfreds"),
    ("Altid", "Ofte", "Nogle gange", "Sjældent", "Aldrig"),
    ("Ja", "Nej"),
)
