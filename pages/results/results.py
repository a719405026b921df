"""What they answered, who stands out, and where it is going: one question, three tabs."""

from views.partnership.board import linked_initiatives
from views.subjects import all_views

selection, view = all_views.results()

view.page(selection)

linked_initiatives.about_selected_question(selection)
