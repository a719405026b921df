"""What is hidden on the screen is in no part of any file: attacked with the true numbers of the answers."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import queries, reference_tables, store
from data_access.dashboard.cells import Rounds, Which, groups
from data_access.publishing import releases
from data_access.reference import read_reference
from indicators.figure import State
from indicators.rights import OPERATOR
from indicators.selection import ALL_UNITS, Option, Selection, Years
from tests.conftest import writing
from tests.exports.conftest import STUDENTS, everything_as, figures_of, parts_of
from tests.made_up import GREVE, KOEGE, LITTLE, MUCH, ROSKILDE, add_round, add_sheets
from views.all_subjects import unit_file
from views.documents.files import csv_text, slides, workbook
from views.documents.pictures import picture

NAMES = {ROSKILDE: "Roskilde Kommune", KOEGE: "Køge Kommune", GREVE: "Greve Kommune"}
TRUTH = {ROSKILDE: (31, 61), KOEGE: (7, 17), GREVE: (2, 3)}
"""Favourable answers of all; the share of no group is another's."""


@pytest.fixture(scope="module")
def three_towns(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Roskilde is large, Greve too small to be shown, and Køge would give Greve away."""
    folder = tmp_path_factory.mktemp("towns")
    confidential, dashboard = (f"sqlite:///{folder}/{name}.sqlite" for name in ("confidential", "dashboard"))
    with (
        engines.writing(confidential, CONFIDENTIAL) as answers,
        writing(dashboard) as figures,
    ):
        reference_tables.load_reference(figures, read_reference())
        a_round = add_round(answers)
        for place, (favourable, n) in TRUTH.items():
            add_sheets(answers, a_round, place, {"S01": MUCH, "S02": MUCH}, times=favourable)
            add_sheets(answers, a_round, place, {"S01": LITTLE, "S02": LITTLE}, times=n - favourable)
        releases.publish(answers, figures)
    return dashboard


@pytest.fixture
def stores(three_towns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment says that they are the store."""
    monkeypatch.setenv("DATABASE_URL", three_towns)


def hidden() -> list[str]:
    with store.reading(OPERATOR) as session:
        rounds = Rounds(
            queries.rounds(session, queries.release_in_force(session), "student", Years(2025)).now
        )
        found = groups(session, rounds, Which(tuple(TRUTH)))
    return [cell.unit for cell, group in found.items() if group.figure("S01").state is State.HIDDEN]


@pytest.fixture(scope="module")
def whole(three_towns: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of everything that is published."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", three_towns)
        with store.reading(OPERATOR) as session:
            return {name: everything_as(session, folder / name) for name in ("alt.xlsx", "alt.csv")}


@pytest.fixture(scope="module")
def files(three_towns: str, whole: dict[str, bytes]) -> Callable[[str | None], dict[str, bytes]]:
    """One of each kind, those of one place about it; made when they are first asked for."""

    @cache
    def of(place: str | None) -> dict[str, bytes]:
        chosen = Option(place, NAMES[place]) if place else ALL_UNITS
        selection = Selection(STUDENTS, 2025, chosen, question=Option("S01", "Vejleder havde tid"))
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("DATABASE_URL", three_towns)
            return whole | dict(_files(selection))

    return of


def _files(selection: Selection) -> Iterator[tuple[str, bytes]]:
    about = unit_file.sections(selection)
    figures = list(figures_of(selection))
    yield "enhed.xlsx", workbook.written(about)
    yield "enhed.pptx", slides.presentation([slides.Slide(one.title, one) for one in about])
    for one in (*about, *figures):
        yield f"{one.sheet}.xlsx", workbook.written([one])
        yield f"{one.sheet}.csv", csv_text.csv(one)
        if one.pictures:
            yield f"{one.sheet}.svg", picture.svg(one)


def fractions(content: bytes) -> set[float]:
    """Every number with a decimal in any part of a file, text or not."""
    texts = (part.decode("utf-8", errors="ignore") for part in parts_of(content).values())
    return {
        round(float(one.replace(",", ".")), 3) for some in texts for one in re.findall(r"\d+[.,]\d+", some)
    }


def answers(content: bytes) -> set[int]:
    """Every whole number that is alone in a cell or a field."""
    texts = (part.decode("utf-8", errors="ignore") for part in parts_of(content).values())
    return {int(one) for some in texts for one in re.findall(r"(?:<v>|;)(\d+)(?=</v>|;)", some)}


def in_the_slow_part(*places: str | None) -> list:
    return [pytest.param(place, marks=pytest.mark.slow) for place in places]


@pytest.mark.slow
@pytest.mark.usefixtures("stores")
@pytest.mark.parametrize("place", [ROSKILDE, *in_the_slow_part(KOEGE, GREVE, None)])
def test_neither_the_share_nor_the_answers_of_a_hidden_group_are_in_any_part_of_any_file(files, place):
    secret = hidden()
    assert GREVE in secret
    assert KOEGE in secret, "with Greve hidden alone it could be worked out"
    shares = {round(favourable / n, 3) for favourable, n in (TRUTH[one] for one in secret)}
    percents = {f"{round(100 * share)}\N{NO-BREAK SPACE}%" for share in shares}
    shares |= {round(100 * share, 1) for share in shares}

    kinds = files(place)

    assert len(kinds) >= 15
    for name, content in kinds.items():
        if not name.endswith(".svg"):  # whose decimals are pixels
            assert not fractions(content) & shares, name
            assert not answers(content) & {n for _, n in (TRUTH[one] for one in secret)} - {3}, name
        else:
            assert not percents & set(re.findall(r"\d+\N{NO-BREAK SPACE}%", content.decode())), name


def test_what_is_shown_is_found_by_the_same_search(whole):
    favourable, n = (sum(part) for part in zip(*TRUTH.values(), strict=True))
    assert round(favourable / n, 3) in fractions(whole["alt.xlsx"])
    assert n in answers(whole["alt.csv"])
    assert n in answers(whole["alt.xlsx"])
