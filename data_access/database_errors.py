"""What databases say in English, told in Danish with what to do about it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError

from data_access.problems import StoreProblem
from data_access.schema import StoreDescription

_SAID = {
    r"not a database|malformed|corrupt": "er ødelagt eller slet ikke et datalager. "
    "Hent det fra en sikkerhedskopi, eller flyt det væk, og {renewal}.",
    r"locked|busy": "er optaget af et andet program. Vent et øjeblik, og prøv igen.",
    r"is full|no space left": "kan ikke skrives, for disken er fuld. Frigør plads, og prøv igen.",
    r"read-?only": "kan kun læses. Giv denne bruger lov til at skrive i filen og dens mappe.",
    r"unable to open": "kan ikke åbnes. Giv denne bruger adgang til filen og dens mappe.",
    r"disk i/o": "kan ikke læses fra eller skrives på disken. Efterse disken, og prøv igen.",
    r"authentication|role .* does not|no password": "afviser brugernavnet eller adgangskoden i {variable}.",
    r"database .* does not exist": "findes ikke på serveren. Opret databasen, eller ret {variable}.",
    r"permission denied": "giver ikke databasebrugeren lov. Giv den rettighederne, eller ret {variable}.",
    r"connect": "svarer ikke. Efterse, at databaseserveren kører, og at adressen i {variable} er rigtig.",
}
_ANYTHING_ELSE = "kan ikke bruges lige nu. Prøv igen, eller bed den, der driver systemet, om at se i loggen."


@contextmanager
def told_in_danish(store: StoreDescription, address: str) -> Iterator[None]:
    """Raises StoreProblem for what a person can do something about; the rest is a defect and goes on."""
    try:
        yield
    except DatabaseError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        message = f"{store.called} {sentence.format(renewal=store.renewal, variable=store.variable)}"
        # What follows on further lines may be what somebody has typed.
        first_line = str(error.orig).partition("\n")[0]
        raise StoreProblem(message, f"{address}: {first_line}") from error


def _sentence(error: DatabaseError) -> str | None:
    for pattern, sentence in _SAID.items():
        if re.search(pattern, str(error.orig), re.IGNORECASE):
            return sentence
    return _ANYTHING_ELSE if isinstance(error, OperationalError) else None
