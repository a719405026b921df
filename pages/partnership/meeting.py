"""What the meeting is to talk about, what it sees on the wall, and what it came to."""

from indicators.selection import Named
from views.meeting import choosing
from views.meeting.agenda import tab as agenda
from views.meeting.minutes import tab as minutes
from views.stage.screen import tab as stage

choosing.page(
    {
        Named(choosing.AGENDA, "Dagsorden"): agenda,
        Named(choosing.STAGE, "På skærmen"): stage,
        Named(choosing.MINUTES, "Referat"): minutes,
    }
)
