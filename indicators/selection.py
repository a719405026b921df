"""The reader's choice: it conditions the query, fills the URL and says itself in words."""

from dataclasses import dataclass

ALL = "alle"
EVERYONE_ELSE = "andre"


@dataclass(frozen=True)
class Named:
    """A key of the store with the name a reader knows it by."""

    key: str
    name: str


ALL_EDUCATIONS = Named(ALL, "Alle uddannelser")
ALL_INSTITUTIONS = Named(ALL, "Alle uddannelsessteder")
ALL_UNITS = Named(ALL, "Alle enheder")
COMPARED_WITH_EVERYONE_ELSE = Named(EVERYONE_ELSE, "Alle andre")


@dataclass(frozen=True)
class Selection:
    """What is shown: one round, one unit, and what it is held up against."""

    survey: Named
    year: int
    unit: Named = ALL_UNITS
    education: Named = ALL_EDUCATIONS
    institution: Named = ALL_INSTITUTIONS
    compared_with: Named = COMPARED_WITH_EVERYONE_ELSE

    @property
    def compares(self) -> bool:
        """Everything has nothing else to be compared with."""
        return not (self.unit.key == ALL and self.compared_with.key in (EVERYONE_ELSE, ALL))

    def describe(self) -> str:
        """One sentence for caption, alt text and file cover."""
        parts = [f"{self.survey.name} {self.year}", self.unit.name, self.education.name]
        if self.institution.key != ALL:
            parts.append(self.institution.name)
        if self.compares:
            parts.append(f"sammenlignet med {lower_first(self.compared_with.name)}")
        return " · ".join(parts)


def lower_first(name: str) -> str:
    """ "Alle andre" inside a sentence is "alle andre"; proper names keep their capital."""
    return name[:1].lower() + name[1:] if name.startswith(("Alle ", "Private ")) else name
