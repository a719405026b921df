"""The frame: pages, the common filter strip and the one error boundary.

`streamlit run app.py` starts the same server as server.py: it imports this file as a module to find the
`st.App` in it, and afterwards runs it as a script for every reader.
"""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data_access.mode import Mode, mode
from views.all_subjects import files_menu
from views.chrome import account
from views.documents.files import page_figures
from views.foundation import figures, filter_bar, page_parts, places, problems, theme
from views.meeting.agenda import adding

DEMONSTRATION = "Demonstration med eksempeldata: ingen tal er rigtige svar, og intet kan gemmes."


def show() -> None:
    """Draws the page that the address names."""
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    theme.apply()
    with problems.told_to_the_reader(), page_parts.file_boxes_noted():
        figures.pin_release()
        page = st.navigation(_pages(), position="top")
        if mode() is Mode.OIDC:
            account.offer()
        if mode() is Mode.DEMO:
            st.info(DEMONSTRATION)
        corner, above = filter_bar.strip()
        adding.begin()
        page_figures.begin()
        page.run()
        files_menu.take_home()
        view = filter_bar.share(corner, above)
        adding.offer(corner, adding.ShownPage(page.url_path, view))


def _pages() -> list[StreamlitPage]:
    """Those that the reader may open; no other one can be reached by its address either."""
    return [
        *(
            st.Page(page.file, title=page.title, url_path=page.path or None, default=not page.path)
            for page in places.PAGES
            if any(map(figures.may, page.rights))
        ),
        st.Page(
            "pages/results/accessibility.py",
            title="Tilgængelighedserklæring",
            url_path="was",
            visibility="hidden",
        ),
    ]


if __name__ == "__main__":
    show()
else:
    from views.chrome import service

    service.prepare()

    app = st.App("app.py", **service.settings())
