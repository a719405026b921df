"""What the tabs of Datagrundlag have in common."""

from abc import abstractmethod
from dataclasses import dataclass

from indicators.selection import Selection
from views.foundation import filter_bar, places
from views.subjects.view import View


@dataclass(frozen=True)
class QualityView(View):
    """A tab of Datagrundlag: its controls stand beside the choice of tab."""

    place = places.GROUNDS
    tab_key = places.VIEW_OF_GROUNDS

    @classmethod
    def page(cls, selection: Selection) -> None:
        """The controls, then what is chosen."""
        cls.chosen(selection, filter_bar.boxes()).draw()

    @abstractmethod
    def draw(self) -> None:
        """What is chosen, without its controls."""
