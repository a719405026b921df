"""What they answered, who stands out, and where it is going: one question, three tabs."""

from views import blocks, figures, filters
from views.answers import blocks as page

selection = filters.chosen_with_question()

answers = figures.distribution(selection)

blocks.heading(answers)
page.stacked_answers(answers)
