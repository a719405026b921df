"""What they answered, who stands out, and where it is going: one question, three tabs."""

from views.all_subjects import all_views
from views.partnership.board import linked_initiatives

selection, view = all_views.results()

view.page(selection)

linked_initiatives.about_selected_question(selection)
