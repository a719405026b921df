"""Whether the numbers can be trusted: how they are counted, hidden and checked."""

from views import explanation, figures

method = figures.method()

explanation.method(method)
