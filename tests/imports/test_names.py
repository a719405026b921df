"""What names mean, and what is said when they mean nothing."""

import pytest

from data_access.imports.background import Names, hospital_names, municipality_names
from data_access.imports.tables import UnreadableValueError
from data_access.reference import read_reference


def test_a_spelling_that_two_share_means_neither():
    names = Names([("nord", ("Centret", "Center Nord")), ("syd", ("Centret", "Center Syd"))])
    assert names.meaning("center nord") == "nord"
    with pytest.raises(UnreadableValueError):
        names.meaning("Centret")
    assert "kan betyde flere" in names.explain("Centret")


def test_every_spelling_in_the_reference_data_leads_back_to_its_own_place():
    reference = read_reference()
    for kind, names in (("kommune", municipality_names(reference)), ("hospital", hospital_names(reference))):
        for unit in (unit for unit in reference.units if unit.kind == kind):
            assert {f"{kind}:{names.meaning(spelling)}" for spelling in unit.spellings} == {unit.key}


def test_a_name_unlike_any_other_gets_no_guess():
    assert municipality_names(read_reference()).explain("Xyzzy") == "'Xyzzy' kendes ikke."
