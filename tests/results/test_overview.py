"""The page Overblik: what its columns hold, what it calls worth talking about, and where it leads."""

from dataclasses import replace

import pytest

from data_access import releases
from indicators.figure import HIDDEN, Figure, QuestionRow, Response, Score, State, ThemeRow
from indicators.judgement import Judgement, YearChange
from indicators.overview import Column, Overview
from indicators.report import Origin
from indicators.selection import ALL_UNITS, Named, Selection
from indicators.verdicts import Change, Verdict
from tests.app import HIDDEN as HIDDEN_WORDS
from tests.app import opened, plotted
from tests.made_up import (
    GREVE,
    KOEGE,
    LITTLE,
    MUCH,
    NURSING,
    QUESTIONNAIRE,
    ROSKILDE,
    SOCIAL_WORK,
    add_round,
    add_sheets,
)
from views.overview import chart, headline, markup, table
from views.overview.report import overview
from views.overview.tiles import tiles

KOEBENHAVN = "kommune:0101"
STUDENTS = Named("student", "Studerendes praktikevaluering")
CLUSTER, COUNCIL = "klynge:rs-suh", "raad:sr-oestsjaelland-oerne"
