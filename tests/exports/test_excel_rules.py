"""What Excel demands of a file and other programs forgive: the order of elements, names, and what points where.

A file that breaks one of these is «repaired» by Excel, with a warning, and loses parts.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string, range_boundaries

from tests.exports.conftest import Taken

BOTH_LABELS = (
    "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize"
)
AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt"
)
ORDER = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    "legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr",
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly "
    "dispBlanksAs",
    "plotArea": "layout barChart scatterChart catAx valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "scatterChart": "scatterStyle varyColors ser dLbls axId",
    "catAx": f"{AXIS} auto lblAlgn lblOffset noMultiLvlLbl",
    "valAx": f"{AXIS} crossBetween majorUnit minorUnit dispUnits",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "ser": "idx order tx spPr invertIfNegative pictureOptions marker dPt dLbls trendline errBars cat val xVal "
    "yVal smooth shape",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr",
    "dLbls": f"dLbl delete {BOTH_LABELS} separator showLeaderLines",
    "dLbl": f"idx delete layout tx {BOTH_LABELS} separator",
    "errBars": "errDir errBarType errValType noEndCap plus minus val spPr",
    "title": "tx layout overlay spPr txPr",
    "twoCellAnchor": "from to graphicFrame clientData",
    "oneCellAnchor": "from ext graphicFrame clientData",
    "graphicFrame": "nvGraphicFramePr xfrm graphic",
}
"""The sequences of ECMA-376, part 1, of the elements that our files have."""
LABELS_OF = {"percentStacked": {"ctr", "inEnd", "inBase"}, "clustered": {"ctr", "inEnd", "inBase", "outEnd"}}
CELL_LIKE = re.compile(r"[A-Z]{1,3}\d+|R\d*C\d*|[RC]", re.IGNORECASE)


@pytest.fixture(scope="module")
def books(taken: Taken) -> dict[str, dict[str, bytes]]:
    """The parts of every workbook."""
    found = {}
    for name, content in taken.workbooks.items():
        with ZipFile(BytesIO(content)) as file:
            assert not [part for part, times in Counter(file.namelist()).items() if times > 1], name
            found[name] = {part: file.read(part) for part in file.namelist()}
    assert len(found) >= 8
    return found


def parts(books: dict, of: str) -> Iterator[tuple[str, etree._Element]]:
    for book, some in books.items():
        for name, content in some.items():
            if re.fullmatch(of, name):
                yield f"{book}: {name}", etree.fromstring(content)


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def test_elements_stand_in_the_order_of_the_schema(books):
    met = set()
    for name, root in parts(books, r"xl/(worksheets|charts|drawings|tables)/[^/]+\.xml|xl/workbook\.xml"):
        for element in root.iter(etree.Element):
            if order := ORDER.get(local(element), "").split():
                children = [local(child) for child in element]
                assert set(children) <= set(order), (name, local(element), children)
                places = [order.index(child) for child in children]
                assert places == sorted(places), (name, local(element), children)
                met.add(local(element))
    assert {"worksheet", "table", "barChart", "scatterChart", "errBars", "dLbl", "dPt", "legend"} <= met


def test_labels_stand_where_such_bars_can_have_them_and_charts_name_their_axes(books):
    for name, root in parts(books, r"xl/charts/chart\d+\.xml"):
        for bars in root.iter("{*}barChart"):
            grouping = bars.find("{*}grouping").get("val")
            assert {one.get("val") for one in bars.iter("{*}dLblPos")} <= LABELS_OF[grouping], name
        (plot,) = root.iter("{*}plotArea")
        axes = {one.find("{*}axId").get("val") for one in plot if local(one).endswith("Ax")}
        drawn = [one for one in plot if local(one).endswith("Chart")]
        assert all({axis.get("val") for axis in one.findall("{*}axId")} == axes for one in drawn), name
        assert {one.find("{*}crossAx").get("val") for one in plot if local(one).endswith("Ax")} == axes


def test_tables_have_names_and_headings_that_are_those_of_their_cells(books):
    for book, some in books.items():
        tables = dict(parts({book: some}, r"xl/tables/[^/]+\.xml"))
        names = [one.get("displayName") for one in tables.values()]
        assert len({name.casefold() for name in names}) == len(names), book
        assert len({one.get("id") for one in tables.values()}) == len(tables), book
        for name, table in tables.items():
            assert re.fullmatch(r"[^\W\d][\w.]{0,254}", table.get("displayName")), name
            assert not CELL_LIKE.fullmatch(table.get("displayName")), name
            left, top, right, bottom = range_boundaries(table.get("ref"))
            columns = table.findall("{*}tableColumns/{*}tableColumn")
            headings = [one.get("name") for one in columns]
            assert [one.get("id") for one in columns] == [str(at) for at in range(1, right - left + 2)], name
            assert len({one.casefold() for one in headings}) == len(headings), name
            assert bottom > top, name
            if (filters := table.find("{*}autoFilter")) is not None:
                assert filters.get("ref") == table.get("ref"), name
            sheet = etree.fromstring(some[sheet_of(some, name.partition(": ")[2])])
            cells = {cell.get("r"): "".join(cell.itertext()) for cell in sheet.iter("{*}c")}
            shown = [cells[f"{get_column_letter(left + at)}{top}"] for at in range(len(headings))]
            assert shown == headings, name


def sheet_of(some: dict[str, bytes], table: str) -> str:
    for name, content in some.items():
        if "worksheets/_rels" in name and table.rpartition("/")[2].encode() in content:
            return f"xl/worksheets/{name.rpartition('/')[2].removesuffix('.rels')}"
    raise AssertionError(f"{table} belongs to no sheet")


def test_rows_and_cells_come_in_order_with_styles_that_there_are(books):
    for book, some in books.items():
        (styles,) = [root for _, root in parts({book: some}, r"xl/styles\.xml")]
        many = len(styles.find("{*}cellXfs"))
        for name, sheet in parts({book: some}, r"xl/worksheets/[^/]+\.xml"):
            last = 0
            for row in sheet.iter("{*}row"):
                assert int(row.get("r")) > last, name
                last = int(row.get("r"))
                columns = [coordinate_from_string(cell.get("r"))[0] for cell in row]
                assert columns == sorted(set(columns), key=lambda one: (len(one), one)), name
                assert all(int(cell.get("s", 0)) < many for cell in row), name
            for text in sheet.iter("{*}t"):
                assert len(text.text or "") <= 32_767, name


def test_everything_points_at_something_that_has_a_type(books):
    for book, some in books.items():
        types = etree.fromstring(some["[Content_Types].xml"])
        defaults = {one.get("Extension") for one in types.iter("{*}Default")}
        named = {one.get("PartName") for one in types.iter("{*}Override")}
        assert {name.removeprefix("/") for name in named} <= set(some), book
        for name in set(some) - {"[Content_Types].xml"}:
            assert f"/{name}" in named or name.rpartition(".")[2] in defaults, (book, name)
        for name, root in parts({book: some}, r".*\.rels"):
            base = dirname(dirname(name.partition(": ")[2]))
            for one in root:
                target = one.get("Target")
                if one.get("TargetMode") != "External":
                    path = target[1:] if target.startswith("/") else normpath(join(base, target))
                    assert path in some, (name, target)


def test_links_lead_to_sheets_and_drawings_have_numbers_of_their_own(books):
    for book, some in books.items():
        sheets = {one.get("name") for one in etree.fromstring(some["xl/workbook.xml"]).iter("{*}sheet")}
        for name, sheet in parts({book: some}, r"xl/worksheets/[^/]+\.xml"):
            for link in sheet.iter("{*}hyperlink"):
                leads = (link.get("location") or "").rpartition("!")[0].strip("'").replace("''", "'")
                assert leads in sheets, name
        for name, drawing in parts({book: some}, r"xl/drawings/drawing\d+\.xml"):
            known = list(drawing.iter("{*}cNvPr"))
            assert len({one.get("id") for one in known}) == len(known) > 0, name
            assert all(one.get("descr") and one.get("name") for one in known), name
