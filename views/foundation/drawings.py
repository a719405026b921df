"""Small drawings in HTML: triangle, bar with a tick, and whatever else comes as svg."""

from base64 import b64encode
from html import escape

from views.foundation import theme
from views.foundation.theme import CLEAR_STYLES

BAR_WIDTH, BAR_HEIGHT = 96, 14


def picture(svg: str, says: str = "") -> str:
    """As an image, for Streamlit takes svg out of HTML; `says` nothing where a number beside it does."""
    data = b64encode(svg.encode()).decode()
    return f'<img alt="{escape(says)}" src="data:image/svg+xml;base64,{data}">'


def svg(width: int, height: int, shapes: str) -> str:
    """The shapes as a drawing of that size."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>'


TRIANGLES = {
    verdict: picture(svg(12, 10, f'<path fill="{style.mark}" d="{style.path}"/>'))
    for verdict, style in CLEAR_STYLES.items()
}
"""The mark of a clear verdict; colour alone says nothing."""


def bar(own: float, expected: float) -> str:
    """Own share as a bar from 0 to 100 %, with a tick at the expected one."""
    tick = round(BAR_WIDTH * expected, 1)
    shapes = (
        f'<rect y="4" width="{BAR_WIDTH}" height="6" fill="{theme.GRID}"/>'
        f'<rect y="4" width="{BAR_WIDTH * own:.1f}" height="6" fill="{theme.OWN}"/>'
        f'<path d="M{tick} 0V{BAR_HEIGHT}" stroke="#FFFFFF" stroke-width="5"/>'
        f'<path d="M{tick} 0V{BAR_HEIGHT}" stroke="{theme.INK}" stroke-width="2"/>'
    )
    return picture(svg(BAR_WIDTH, BAR_HEIGHT, shapes))
