"""The page Metode in words; every number in it comes from the release."""

import pandas as pd
import streamlit as st

from indicators.danish import day
from indicators.disclosure import PERSONS_FOR_DETAIL
from indicators.figure import State
from indicators.method import Method, ReleaseLine, RoundMethod
from views import blocks
from views.literal import literal

SHOWING = """
- Et tal vises, når mindst **{least} personer** har svaret på netop det spørgsmål, og når det heller ikke
  sammen med andre viste tal kan røbe en mindre gruppe. Alt andet er «{hidden}», uden at der siges hvorfor.
- Svarenes fordeling vises fra **{detail} personer**; fra {least} til {below} vises kun andelen.
- Har alle eller næsten alle af færre end {detail} personer svaret ens, står der «mindst» eller «højst».
- «Alle andre» er alle undtagen enheden selv, og vises kun, hvor både enheden og helheden kan vises.
"""
COUNTING = """
- Der tælles **besvarelser**. Den samme studerende kan svare efter flere praktikforløb; grænsen ovenfor
  gælder personer.
- **Svarprocenten** er besvarelser delt med inviterede. En delvis besvarelse tæller med, når målingen er sat
  op til det.
- **Andel enige** er de to bedste svar på skalaen. «Ved ikke» og tomme svar tæller ikke med.
- **Et tema** er gennemsnittet af sine fælles spørgsmåls andele; hvert spørgsmål vejer lige meget.
- Spørgsmål, som kun stilles på én uddannelse, lægges aldrig sammen med andres.
- Et hospital tæller i sin region, sit sundhedsråd og den klynge, det betjener, men ikke i kommunen omkring
  det.
  Private og selvejende praktiksteder er deres egen slags og tæller med i «alle».
- Grupper, der først kommer eller er ophørt, kan vælges for alle år og regnes efter deres egen inddeling.
"""
SOURCES = """
- Uddannelser og institutioner: Uddannelses- og Forskningsministeriet, UddannelsesZoom (marts 2024).
- Kommuner, regioner, klynger og sundhedsråd: offentlige kilder, samlet november 2026.
- Skrifttype: IBM Plex Sans (licens: SIL OFL 1.1).
"""


def method(explained: Method) -> None:
    """The whole page."""
    st.title(literal(_title(explained)), anchor=False)
    if any(one.is_sample for one in explained.rounds):
        st.badge(blocks.SAMPLE, color="orange")
    _audits(explained)
    st.header("Hvornår vises et tal?", anchor=False)
    limits = {"least": explained.least_persons, "detail": PERSONS_FOR_DETAIL, "below": PERSONS_FOR_DETAIL - 1}
    st.markdown(SHOWING.format(hidden=State.HIDDEN, **limits))
    st.header("Sådan tælles der", anchor=False)
    st.markdown(COUNTING)
    _series_breaks(explained)
    st.header("Udgivelser", anchor=False)
    blocks.plain_table(pd.DataFrame(map(_release, explained.releases)))
    st.header("Kilder og licenser", anchor=False)
    sources = dict.fromkeys(one.source for one in explained.rounds)
    st.markdown("\n".join(f"- Svar: {literal(source)}." for source in sources) + SOURCES)


def _audits(explained: Method) -> None:
    st.header("Kontrol af anonymitet", anchor=False)
    if explained.audit is None:
        st.markdown("Udgivelsen er ikke kontrolleret.")
        return
    st.markdown(
        f"Kontrollen regner baglæns fra alt, hvad der kan vises og hentes: "
        f"{literal(explained.audit.describe(explained.least_persons))}. "
        f"En udgivelse, der ikke består, afvises."
    )
    blocks.plain_table(pd.DataFrame(map(_audit, explained.rounds)).convert_dtypes())


def _audit(one: RoundMethod) -> dict[str, object]:
    audit = one.audit
    return {
        "Måling": one.name,
        "Besvarelser": audit.answers,
        "Felter": audit.cells,
        "Vist": audit.published,
        "Skjult": audit.hidden,
        "Grupper, der kan udledes": audit.derivable_groups_below_k,
        "Mindste gruppe": audit.smallest_derivable_group,
    }


def _release(line: ReleaseLine) -> dict[str, str]:
    return {
        "Udgivelse": str(line.number),
        "Dato": day(line.made_on),
        "Profil": line.profile,
        "Gælder nu": "ja" if line.in_force else "",
    }


def _series_breaks(explained: Method) -> None:
    broken = [(one.name, reason) for one in explained.rounds for reason in one.series_breaks]
    if broken:
        st.header("Databrud", anchor=False)
        st.markdown("\n".join(f"- {literal(name)}: {literal(reason)}" for name, reason in broken))


def _title(explained: Method) -> str:
    """What the audit allows to be said of the release in force."""
    audit = explained.audit
    if audit is None or audit.derivable_groups_below_k:
        return f"Sådan er tallene i udgivelse {explained.release.number} lavet"
    return f"Ingen gruppe på under {explained.least_persons} personer kan udledes af tallene"
