"""What of the law on accessibility is met and what is not, until the owner publishes its own statement."""

import streamlit as st

from data_access.contact import Contact, contact
from views.foundation.page_parts import literal

NOT_ONE = (
    "Her er endnu ingen tilgængelighedserklæring. Den skal ejeren selv lave i Digitaliseringsstyrelsens "
    "WAS-Tool og offentliggøre, og den skal opdateres mindst én gang om året. Adressen skrives i filen "
    "`contact.toml`. Indtil da står her, hvad der vides."
)

KNOWN = """
**Opfyldt, så vidt det er efterprøvet**

- Hver graf har en tekst, der siger, hvad den viser, og de samme tal som tabel og som regneark under sig.
- Hvad der kan vælges med et klik i en graf, kan også vælges med tastaturet.
- Farve står aldrig alene: ord, bogstaver, mærker eller skravering siger det samme.
- Tekst og mærker har den kontrast, som WCAG 2.1 AA kræver, og siden er mærket som dansk.
- Siden kan læses på en skærm, der er 390 punkter bred; brede tabeller ruller for sig.

**Ikke opfyldt**

- Graferne selv kan ikke betjenes med tastatur eller læses mærke for mærke af en skærmlæser; brug tabellen
  under dem.
- Kortet over kommunerne kan kun ses; listen ved siden af siger det samme.
- Tabellerne under «Vis som tabel» er tegnet og kan være besværlige for en skærmlæser; regnearket er det ikke.
- En udskrift eller pdf fra browseren er ikke mærket op til skærmlæsere.

**Ikke efterprøvet**

- Brug med skærmlæser, med stemmestyring og af mennesker med funktionsnedsættelse.
- Ingen uafhængig har set løsningen efter.
"""

COMPLAINTS = (
    "Får du ikke svar på en henvendelse om tilgængelighed, kan du skrive til Digitaliseringsstyrelsen, som "
    "fører tilsyn med loven om tilgængelighed af offentlige organers websteder og mobilapplikationer."
)

NOBODY = "Kontakt: ikke udfyldt. Sekretariatet skriver navn, mail og telefon i filen `contact.toml`."


def page() -> None:
    """The page /was."""
    st.title("Tilgængelighedserklæring", anchor=False)
    owner = contact()
    statement(owner)
    who(owner)


def statement(owner: Contact) -> None:
    """The owner's statement where there is one, and what is known."""
    if owner.accessibility_statement:
        st.link_button("Læs tilgængelighedserklæringen", owner.accessibility_statement)
    else:
        st.markdown(NOT_ONE)
    st.markdown(f"{KNOWN}\n{COMPLAINTS}")


def who(owner: Contact) -> None:
    """Whom to ask, or where to write whom to ask."""
    if not (owner.email or owner.phone):
        st.markdown(NOBODY)
        return
    parts = [owner.name, owner.email, owner.phone and f"telefon {owner.phone}"]
    st.markdown(f"Kontakt: {literal(', '.join(part for part in parts if part))}.")
