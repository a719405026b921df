"""The app as a browser finds it, for tests of pages."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from data_access import mode
from data_access.mode import Mode

APP = Path(__file__).parent.parent / "app.py"
HIDDEN = "Skjult af hensyn til anonymitet"


def opened(page: str | None = None, **link: str) -> AppTest:
    """The app at that address, on that page; nothing may have gone wrong."""
    app = AppTest.from_file(APP, default_timeout=20)
    for name, value in link.items():
        app.query_params[name] = value
    if page:
        app._registered_pages = registered_pages(mode.mode(), mode.is_read_only())
        app.switch_page(page)
    app.run()
    assert not app.exception, app.exception
    return app


@cache
def registered_pages(_mode: Mode, _is_read_only: bool) -> dict:
    """The pages as the app names them once it has run; a reader who has a link need not come by the front page."""
    return AppTest.from_file(APP, default_timeout=20).run()._registered_pages


def plotted(app: AppTest, layer: int = 0, chart: int = 0) -> list[dict]:
    """The rows behind a layer of a chart."""
    import pyarrow as pa

    drawn = app.get("vega_lite_chart")[chart].proto
    name = json.loads(drawn.spec)["layer"][layer]["data"]["name"]
    data = next(dataset.data for dataset in drawn.datasets if dataset.name == name)
    return pa.ipc.open_stream(data.data).read_pandas().to_dict("records")


def grounds(app: AppTest) -> str:
    """What the page says in HTML, without its tags: the selection, the source and who answered, among others."""
    return unescape(" ".join(re.sub("<[^>]*>", " ", one.proto.body) for one in app.get("html")))


def unfolded(app: AppTest, sheet: str) -> pd.DataFrame:
    """The table under the figure of that name, which is made when somebody unfolds it."""
    return unfold(app, f"tabel {sheet}").dataframe[0].value


def unfold(app: AppTest, key: str) -> AppTest:
    """The same page with what is folded up under that key open."""
    app.session_state[key] = True
    app.run()
    assert not app.exception, app.exception
    return app
