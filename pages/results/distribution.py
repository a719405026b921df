"""How the answers are distributed, question by question."""

from views import blocks, figures, filters

selection = filters.chosen_with_theme()

answers = figures.distribution(selection)

blocks.heading(answers)
blocks.stacked_answers(answers)
