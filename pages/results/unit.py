"""How it looks at ours, on one page that prints to one A4: a unit, or an education of all units."""

from indicators.profile import subject
from views.foundation import filter_bar
from views.partnership.board import linked_initiatives
from views.subjects.profile.profile import UnitProfile

selection = filter_bar.chosen()

UnitProfile.page(selection)

if subject(selection):
    linked_initiatives.in_unit(selection)
