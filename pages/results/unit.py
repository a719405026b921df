"""How it looks at ours, on one page that prints to one A4: a unit, or an education of all units."""

from indicators.profile import subject
from views.foundation import figures, filter_bar
from views.partnership.board import linked_initiatives
from views.subjects.profile import blocks as page

selection = filter_bar.chosen()

if subject(selection) is None:
    page.ask(figures.choices(selection.survey.key))
else:
    profile = figures.profile(selection)

    page.heading(profile)
    page.response(profile)
    page.themes(profile)
    page.standing_out(profile)
    page.closer(profile)
    linked_initiatives.in_unit(selection)
