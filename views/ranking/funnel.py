"""The funnel: how far from the common share chance alone takes units with so many answers."""

from collections.abc import Collection, Iterator, Sequence

import altair as alt
import numpy as np
import pandas as pd

from indicators import funnel
from indicators.danish import number, percent
from indicators.intervals import CONFIDENCE
from indicators.ranking import Line, Ranking
from indicators.selection import Named
from views import marks, theme
from views.ranking.chart import NARROW, SHAPES, TIPS

HEIGHT, STEPS, LABEL_LINE = 460, 60, 17
FEWEST, NICE = 10, (1, 2, 5)
RIGHT = f"({NARROW} ? 0 : 120)"
