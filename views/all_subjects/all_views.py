"""The views by their pages: what a page, a link, an agenda or a file may be about."""

from collections.abc import Sequence

import streamlit as st

from indicators.selection import Selection
from views.foundation import controls, figures, filter_bar, places
from views.foundation.controls import Choose, Control, KeptChoices
from views.subjects.comparison.comparison import Comparison
from views.subjects.data_quality.coverage import CoverageMatrix
from views.subjects.data_quality.method import MethodNotes
from views.subjects.data_quality.quality_view import QualityView
from views.subjects.data_quality.responses import Responses
from views.subjects.distribution.distribution import Distribution
from views.subjects.overview.overview import ThemeOverview
from views.subjects.profile.profile import UnitProfile
from views.subjects.trend.trend import Development
from views.subjects.view import View

Views = Sequence[type[View]]

VIEWS: Views = (
    *(ThemeOverview, Distribution, Comparison, Development, UnitProfile),
    *(Responses, CoverageMatrix, MethodNotes),
)

BY_PLACE: dict[str, Views] = {
    place: [view for view in VIEWS if view.place == place]
    for place in dict.fromkeys(view.place for view in VIEWS)
}
"""The views of each page, in the order of its tabs."""


def results() -> tuple[Selection, type[View]]:
    """The selection with a question in focus, and the tab of Resultater."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="fokus"):
        return filter_bar.chosen_with_question(), _tab(BY_PLACE[places.RESULTS], filter_bar.boxes())


def data_quality(selection: Selection) -> QualityView:
    """The tab of Datagrundlag with its controls beside it."""
    with st.container(horizontal=True, key="grundlag-valg"):
        boxes = filter_bar.boxes()
        return _tab(BY_PLACE[places.GROUNDS], boxes).chosen(selection, boxes)


def _tab(views: Views, choose: Choose) -> type[View]:
    if len(views) == 1:
        return views[0]
    tabs = {view.tab: view for view in views}
    return tabs[choose(Control(views[0].tab_key, "Visning", side_by_side=True), list(tabs))]


def kept_view(place: str, choose: KeptChoices) -> View:
    """The view of a page by its query string; what no longer exists falls back as on the page."""
    selection = controls.selection(choose, figures)
    view = _tab(BY_PLACE[place], choose)
    if view.has_question:
        selection = controls.with_theme(selection, choose, figures)
        selection = controls.with_question(selection, choose, figures)
    return view.chosen(selection, choose)
