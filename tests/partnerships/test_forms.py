"""The form of every kind of record: what is drawn, and that it gives back what it was given."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from data_access.dashboard import store
from data_access.partnerships.records.kinds import KINDS, Kind
from data_access.partnerships.records.records import filled, open_record
from indicators.rights import OPERATOR
from views.partnership.records import forms

NOT_DRAWN = {
    "initiative": {"participants", "questions"},
    "success_criterion": {"survey", "question", "theme"},
    "agenda_item": {"view", "figure"},
    "decision": {"agenda_item_id", "figure"},
}
"""What the initiative's and the criterion's own boxes are for, and what is not typed."""


def script(name: str, record_id: int) -> None:
    """What AppTest runs: the form of a record, and what it gives back."""
    import streamlit as st

    from data_access.dashboard import store
    from data_access.partnerships.records.form_options import form_options
    from data_access.partnerships.records.kinds import KINDS
    from data_access.partnerships.records.records import open_record
    from indicators.rights import OPERATOR
    from views.partnership.records import forms

    kind = KINDS[name]
    with store.reading(OPERATOR) as session:
        was = open_record(session, kind, record_id).form
        given = form_options(session, getattr(was, "partnership_id", None))
    st.session_state.typed = forms.draw(forms.Filling(kind, was.model_dump(), given, "x"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_has_a_box_but_what_the_record_belongs_to(kind: Kind):
    owners = {
        name for name, info in kind.form.model_fields.items() if kind.target(name) and info.is_required()
    }

    left_out = kind.form.model_fields.keys() - set(forms.drawn(kind)) - owners
    assert left_out == NOT_DRAWN.get(kind.name, set())


@pytest.mark.usefixtures("sample_environment")
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_nobody_touches_stays_as_it_was(kind: Kind):
    with store.reading(OPERATOR) as session:
        ids = session.exec(select(kind.table.id).order_by(kind.table.id).limit(2)).all()
        for record_id in ids:
            app = AppTest.from_function(script, args=(kind.name, record_id)).run()
            assert not app.exception, app.exception
            was = open_record(session, kind, record_id).form
            assert filled(kind, was.model_dump() | app.session_state.typed) == was
