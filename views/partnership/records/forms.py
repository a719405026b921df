"""The form of any kind of record, drawn from the class that says what may be typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from itertools import groupby
from types import NoneType
from typing import Literal, NamedTuple, get_args, get_origin, get_type_hints

import streamlit as st
from pydantic.fields import FieldInfo

from data_access.partnerships.records.form_options import FormOptions
from data_access.partnerships.records.kinds import Kind
from data_access.texts import (
    ADDRESS,
    LINE,
    TEXT,
    Clock,
    Line,
    MayBeLine,
    MayBeText,
    Share,
    Text,
    TextList,
    WebAddress,
    YearlyDay,
)
from indicators.partnership.days import day_of_year, days_of_a_year
from indicators.selection import ALL

DAY = "DD.MM.YYYY"
NOTHING = "Vælg"
NONE = "Ingen"
LABELS = {
    "responsible_role": "Ansvarlig rolle (aldrig et navn)",
    "contact": "Kontaktfunktion (aldrig et navn)",
    "actions": "Parterne vil (én handling på hver linje)",
    "is_continuous": "Løbende, uden slutdato",
}
"""Where a form says more than a heading does."""


class Filling(NamedTuple):
    """A form that somebody fills in: what is there, what there is to choose among, and its own key."""

    kind: Kind
    initial: Mapping
    options: FormOptions
    key: str


def draw(form: Filling, fields: Sequence[str] = ()) -> dict:
    """The boxes of these fields, or of all that have one, and what was typed in them."""
    typed: dict = {}
    wanted = fields or drawn(form.kind)
    for short, together in groupby(wanted, lambda field: _box(form.kind, field) in BESIDE_EACH_OTHER):
        row = tuple(together)
        key = f"{'felter' if short else 'felt'} {form.key} {row[0]}"
        with st.container(horizontal=short, vertical_alignment="bottom", key=key):
            typed |= {field: ask(form, field) for field in row}
    return typed


def drawn(kind: Kind) -> tuple[str, ...]:
    """The fields that have a box; what the record belongs to is known from where one stands."""
    return tuple(field for field in kind.form.model_fields if _box(kind, field) is not None)


def ask(form: Filling, field: str, label: str = "") -> object:
    """One box; what was typed, as the store's form takes it."""
    info = form.kind.form.model_fields[field]
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    box = _box(form.kind, field)
    spec = _BoxSpec(
        label or LABELS.get(field) or form.kind.label(field),
        form.initial.get(field, default),
        f"{form.key} {field}",
        info,
        _choices(form, field),
        not info.is_required() and default is None,
    )
    return box(spec)


class _BoxSpec(NamedTuple):
    label: str
    now: object
    key: str
    info: FieldInfo
    choices: dict
    may_be_none: bool


def several(label: str, options: Mapping, chosen: Iterable, key: str) -> list:
    """Some of many; what is chosen stays an option, also when it is gone from the lists."""
    everything = {**{one: str(one) for one in chosen}, **options}
    return st.multiselect(
        label,
        list(everything),
        list(chosen),
        format_func=everything.get,
        placeholder=NOTHING,
        select_all=False,
        key=key,
    )


def one_of(label: str, options: Mapping, now: object, key: str, may_be_none: bool = False) -> object:
    """One of many; `may_be_none` offers none too, otherwise there is none only until somebody chooses."""
    now = now or ("" if may_be_none else None)
    everything = {**({"": NONE} if may_be_none else {}), **options}
    if now is not None and now not in everything:
        everything[now] = str(now)
    chosen = st.selectbox(
        label,
        list(everything),
        index=list(everything).index(now) if now in everything else None,
        format_func=everything.get,
        placeholder=NOTHING,
        key=key,
    )
    return chosen or None


def _line(spec: _BoxSpec, most: int = LINE) -> str:
    return st.text_input(spec.label, spec.now or "", max_chars=most, key=spec.key)


def _text(spec: _BoxSpec) -> str:
    return st.text_area(spec.label, spec.now or "", max_chars=TEXT, key=spec.key, height=100)


def _lines(spec: _BoxSpec) -> list[str]:
    typed = st.text_area(spec.label, "\n".join(spec.now or ()), key=spec.key)
    return list(filter(str.strip, typed.splitlines()))


def _clock(spec: _BoxSpec) -> str:
    return st.text_input(spec.label, spec.now or "", max_chars=5, key=spec.key, placeholder="Fx 13.30")


def _day(spec: _BoxSpec) -> date | None:
    return st.date_input(spec.label, spec.now, format=DAY, key=spec.key)


def _yearly_day(spec: _BoxSpec) -> str:
    """Any day of a year, found by typing some of it."""
    return one_of(spec.label, spec.choices, spec.now, spec.key, may_be_none=True) or ""


def _decimal(spec: _BoxSpec) -> float | None:
    return st.number_input(spec.label, value=spec.now, step=1.0, format="%g", key=spec.key, placeholder="Tal")


def _number(spec: _BoxSpec) -> int | None:
    limits = {
        name: getattr(limit, name)
        for limit in spec.info.metadata
        for name in ("ge", "le")
        if hasattr(limit, name)
    }
    return st.number_input(
        spec.label,
        limits.get("ge"),
        limits.get("le"),
        spec.now,
        step=1,
        key=spec.key,
        placeholder="Tal",
    )


def _share(spec: _BoxSpec) -> float | None:
    """Typed in percent; what nobody touches stays as it was to the last decimal."""
    now = None if spec.now is None else round(spec.now * 100, 4)
    typed = st.number_input(
        f"{spec.label} i %", 0.0, 100.0, now, 1.0, format="%g", key=spec.key, placeholder="Tal"
    )
    return spec.now if typed == now else None if typed is None else round(typed / 100, 6)


def _tick(spec: _BoxSpec) -> bool:
    return st.checkbox(spec.label, bool(spec.now), key=spec.key)


def _choice(spec: _BoxSpec) -> object:
    return one_of(spec.label, spec.choices, spec.now, spec.key, spec.may_be_none)


def _references(spec: _BoxSpec) -> list:
    return several(spec.label, spec.choices, spec.now or (), spec.key)


BOXES: Mapping[object, Callable] = {
    Line: _line,
    MayBeLine: _line,
    Text: _text,
    MayBeText: _text,
    WebAddress: partial(_line, most=ADDRESS),
    Clock: _clock,
    YearlyDay: _yearly_day,
    date: _day,
    int: _number,
    Share: _share,
    float: _decimal,
    bool: _tick,
    TextList: _lines,
}
"""By what a field holds."""

BESIDE_EACH_OTHER = (_clock, _yearly_day, _day, _number, _decimal, _share, _tick, _choice)


def _box(kind: Kind, field: str) -> Callable | None:
    held, target = _held(kind, field), kind.target(field)
    if target:
        return None if kind.is_owner(field) else _references if get_origin(held) is tuple else _choice
    return _choice if _values(held) else BOXES.get(held)


def _held(kind: Kind, field: str) -> object:
    """What a field holds when it holds something."""
    hint = get_type_hints(kind.form, include_extras=True)[field]
    if get_origin(hint) is not Literal and NoneType in get_args(hint):
        return next(kind for kind in get_args(hint) if kind is not NoneType)
    return hint


def _values(held: object) -> tuple:
    if isinstance(held, type) and issubclass(held, Enum):
        return tuple(held)
    return get_args(held) if get_origin(held) is Literal else ()


def _choices(form: Filling, field: str) -> dict:
    held, target = _held(form.kind, field), form.kind.target(field)
    if target:
        now = form.initial.get(field)
        chosen = now if isinstance(now, list | tuple) else (now,)
        # A group that may be everybody says so.
        everybody = {ALL: "Alle"} if form.kind.form.model_fields[field].default == ALL else {}
        return everybody | form.options.of(target, chosen)
    if held == YearlyDay:
        return {day: day_of_year(day).describe() for day in days_of_a_year()}
    return {value: str(value) for value in _values(held)}
