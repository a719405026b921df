"""What the meeting is to talk about, what it sees on the wall, and what it came to."""

from indicators.selection import Option
from views.meeting import addresses
from views.meeting.agenda import choosing
from views.meeting.agenda.agenda import tab as agenda
from views.meeting.minutes.minutes import tab as minutes
from views.meeting.stage.screen import tab as stage

choosing.page(
    {
        Option(addresses.AGENDA, "Dagsorden"): agenda,
        Option(addresses.STAGE, "På skærmen"): stage,
        Option(addresses.MINUTES, "Referat"): minutes,
    }
)
