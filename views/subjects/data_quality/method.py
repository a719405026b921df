"""The tab Metode in words; every number in it comes from the release or from the rule itself."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from data_access.contact import contact
from indicators.danish import NO_BREAK, day, number, percent
from indicators.disclosure import persons_for_detail
from indicators.figure import State
from indicators.judgement import FALSE_DISCOVERIES, LEAST_ANSWERS, LEAST_DIFFERENCE, Change, Verdict
from indicators.method import AuditFigure, Method, ReleaseLine, RoundMethod
from indicators.response import MARGIN_OF, RATE_OF, Badge
from indicators.selection import Option
from views.foundation import blocks, figures, readings
from views.foundation.page_parts import literal
from views.subjects.data_quality import accessibility, words
from views.subjects.data_quality.country import ATTRIBUTION
from views.subjects.data_quality.quality_view import QualityView
from views.subjects.wall import Wall

SHOWING = """
- Et tal vises, når mindst **{least} personer** har svaret på netop det spørgsmål, og når det heller ikke
  sammen med andre viste tal kan røbe en mindre gruppe. Alt andet er «{hidden}», uden at der siges hvorfor.
- Svarenes fordeling vises fra **{detail} personer**; fra {least} til {below} vises kun andelen. Fordelingen
  holdes tilbage, hvor den ville give fordelingen i en mindre gruppe.
- Et spørgsmåls tal vises kun, hvor antallet af besvarelser vises.
- Har alle eller næsten alle af færre end ti personer svaret ens, står der «mindst» eller «højst».
- «Alle andre» er alle undtagen enheden selv, og vises kun, hvor både enheden og helheden kan vises.
"""
COUNTING = """
- Der tælles **besvarelser**. Den samme studerende kan svare efter flere praktikforløb; grænsen ovenfor
  gælder personer.
- **Svarprocenten** er besvarelser delt med inviterede. En delvis besvarelse tæller med, når målingen er sat
  op til det.
- **Andel enige** er de to bedste svar på skalaen. «Ved ikke» og tomme svar tæller ikke med.
- Forskelle og ændringer regnes før afrunding: ved siden af 62 % og 63 % kan forskellen være 0.
- Spørgsmål, som kun stilles på én uddannelse, lægges aldrig sammen med andres.
- Et hospital tæller i sin region, sit sundhedsråd og den klynge, det betjener, men ikke i kommunen omkring
  det. Private og selvejende praktiksteder er deres egen slags og tæller med i «alle».
- Grupper, der først kommer eller er ophørt, kan vælges for alle år og regnes efter deres egen inddeling.
"""
SOURCES = f"""
- Uddannelser og institutioner: Kilde: Uddannelses- og Forskningsministeriet, UddannelsesZoom (marts 2024).
- Kommuner, regioner, klynger og sundhedsråd: offentlige kilder, samlet november 2026.
- Kort: {ATTRIBUTION}.
- Skrifttype: IBM Plex Sans (licens: SIL OFL 1.1).
"""
LOW_IS_GOOD = "Hvor en lav andel er god, vendes ordene og ikke tallet: «Klart over» er altid den gode side."
ON_THE_PAGE = "Sådan er tallene lavet, står på siden Datagrundlag under «Metode»."
NO_BREAKS = "Ingen af de udgivne målinger har et databrud."
ACROSS = "Tal fra før og efter et databrud sammenlignes aldrig, og linjen i en graf er afbrudt der."


@dataclass(frozen=True)
class MethodNotes(QualityView):
    """How the figures in force came about: it shows none itself."""

    tab = Option("metode", "Metode")

    def draw(self) -> None:
        """The whole tab."""
        _explanation(figures.method())

    def wall(self) -> Wall:
        """In a sentence: it is to be read in peace."""
        return Wall("Sådan er tallene lavet", html=f'<p class="stor">{ON_THE_PAGE}</p>')


def _explanation(explained: Method) -> None:
    st.title(literal(_title(explained)), anchor=False)
    if any(one.is_sample for one in explained.rounds):
        st.html(blocks.badge(blocks.SAMPLE, blocks.BEWARE))
    _audits(explained)
    for heading, text in _sections(explained).items():
        st.header(heading, anchor=False)
        st.markdown(text)
    documents()
    st.header("Udgivelser", anchor=False)
    blocks.plain_table(pd.DataFrame(map(_release, explained.releases)))
    st.header("Kilder og licenser", anchor=False)
    sources = dict.fromkeys(one.source for one in explained.rounds)
    st.markdown("\n".join(f"- Svar: {literal(source)}." for source in sources) + SOURCES)
    owner = contact()
    st.header("Kontakt", anchor=False)
    accessibility.who(owner)
    st.header("Tilgængelighedserklæring", anchor=False)
    accessibility.statement(owner)


PROMISED = (
    "Vises ét tal, må et andet ofte skjules, for at en lille gruppe ikke kan regnes ud. Rækkefølgen er "
    "bestemt på forhånd. I hver gruppe kommer det, året før viste, først, og så det, som flest har svaret på."
)
PROMISED_UNKNOWN = "Udgivelsen er lavet, før rækkefølgen blev gemt med den."
YEARS_TOGETHER = (
    "Under «År» kan de nyeste op til tre år vælges samlet. Svarene på de spørgsmål, der er stillet ens alle "
    "årene, lægges sammen, og den, der har svaret i flere år, er talt med hver gang. Klynger og andre "
    "grupper er, som de er ved udgangen af det sidste år. Flere år samlet har egne usikkerheder og "
    "vurderinger og afgøres sammen med de enkelte år: et tal vises kun, hvis det ikke røber en lille gruppe, "
    "når årene trækkes fra, og den, der har svaret i flere år, er dér kun én person."
)


def _sections(explained: Method) -> dict[str, str]:
    least = explained.least_persons
    detail = persons_for_detail(least)
    return {
        "Hvornår vises et tal?": SHOWING.format(
            hidden=State.HIDDEN, least=least, detail=detail, below=detail - 1
        ),
        "Hvad vises først?": _promises(explained),
        "Sådan tælles der": COUNTING,
        "Flere år samlet": YEARS_TOGETHER,
        "Temaer": readings.THEME,
        "Hvornår er en forskel klar?": _verdicts(),
        "Forventet andel": f"{readings.EXPECTED} Er forskellen væk, når de er regnet med, står der: "
        f"«{readings.MIX_EXPLAINS}»",
        "Usikkerhed": readings.INTERVAL,
        "Svarprocent og grundlag": _badges(),
        "Databrud": _series_breaks(explained),
    }


def _promises(explained: Method) -> str:
    """Releases from before the order was kept do not say it."""
    numbered = [f"{place}. {literal(promise)}" for place, promise in enumerate(explained.promises, 1)]
    return "\n".join([PROMISED, "", *numbered]) if numbered else PROMISED_UNKNOWN


def _verdicts() -> str:
    points = f"{100 * LEAST_DIFFERENCE:.0f}{NO_BREAK}procentpoint"
    return (
        f"- **{Verdict.ABOVE}** eller **{Verdict.BELOW}**: {readings.VERDICTS[Verdict.ABOVE]}\n"
        f"- **{Verdict.ALIKE}**: {readings.VERDICTS[Verdict.ALIKE]} "
        "Det er det almindelige svar, og det er et svar.\n"
        f"- **{Verdict.TOO_FEW}**: {readings.VERDICTS[Verdict.TOO_FEW]}\n\n"
        f"Reglen har tre tal: mindst **{LEAST_ANSWERS} svar** på begge sider, mindst **{points}** til "
        "forskel, og af alle de forskelle, der kaldes klare, må højst "
        f"**{percent(FALSE_DISCOVERIES)}** ventes at være tilfældige. Den samme regel gælder "
        f"mellem to år: **{Change.RISEN}**, **{Change.FALLEN}** eller **{Change.NOT_CERTAIN}**. {LOW_IS_GOOD}"
    )


def _badges() -> str:
    lines = [
        f"- **{letter.value} {letter.words}**: mindst {percent(RATE_OF[letter])} har svaret, og usikkerheden "
        f"er højst {100 * MARGIN_OF[letter]:.0f} procentpoint."
        for letter in (Badge.GOOD, Badge.CAUTION)
    ]
    thin = f"- **{Badge.THIN.value} {Badge.THIN.words}**: resten."
    unknown = (
        f"Er antallet af inviterede ukendt, gives højst {Badge.CAUTION.value}. Mærket skjuler aldrig et tal."
    )
    return "\n".join([*lines, thin]) + f"\n\n{unknown}\n\n{words.SKEWNESS}"


def _series_breaks(explained: Method) -> str:
    broken = [(one.name, reason) for one in explained.rounds for reason in one.series_breaks]
    lines = [f"- {literal(name)}: {literal(reason)}" for name, reason in broken] or [NO_BREAKS]
    return "\n".join(lines) + f"\n\n{ACROSS}"


def _audits(explained: Method) -> None:
    st.header("Kontrol af anonymitet", anchor=False)
    if explained.audit is None:
        st.markdown("Udgivelsen er ikke kontrolleret.")
        return
    st.markdown(
        f"Kontrollen regner baglæns fra alt, hvad der kan vises og hentes: "
        f"{literal(explained.audit.describe(explained.least_persons))}. "
        f"{_searched(explained.audit)}En udgivelse, der ikke består, afvises.{_known(explained)}"
    )
    blocks.plain_table(pd.DataFrame(map(_audit, explained.rounds)).convert_dtypes())


def _searched(audit: AuditFigure) -> str:
    if audit.complete is None:
        return ""
    if audit.complete:
        return "Alle summer og forskelle af små grupper er prøvet. "
    return "Summer af op til fire små grupper er prøvet, af flere ikke alle. "


def _known(explained: Method) -> str:
    """What cannot be hidden is counted: all in a cell that is shown agree."""
    audit = explained.audit
    if not audit.small:
        return ""
    share = percent(audit.known / audit.small)
    told = number(audit.following) if audit.following else "ingen"
    return (
        f" Af {number(audit.small)} skjulte felter på under {explained.least_persons} personer, talt for "
        f"hvert spørgsmål, kan andelen læses for {number(audit.known)} ({share}): Alle i et vist felt "
        "omkring dem, eller i forskellen på to, har svaret ens. Af de fordelinger, der ikke vises, og de "
        f"tal, der er sagt som «mindst» eller «højst», kan {told} regnes ud af de andre."
    )


def _audit(method: RoundMethod) -> dict[str, object]:
    audit = method.audit
    return {
        "Måling": method.name,
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


def _title(explained: Method) -> str:
    """What the audit allows to be said of the release in force."""
    audit = explained.audit
    if audit is None or audit.derivable_groups_below_k:
        return f"Sådan er tallene i udgivelse {explained.release.number} lavet"
    return f"Ingen gruppe på under {explained.least_persons} personer kan udledes af tallene"


DOCUMENTS = {
    "Hele notatet: sådan regnes og vurderes tallene": "statistics.md",
    "Hele notatet: sådan beskyttes små grupper": "method.md",
}
FOLDER = Path(__file__).parents[3] / "docs"

_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")
_HEADING = re.compile(r"^#", re.MULTILINE)


def documents() -> None:
    """Each document folded under its name."""
    for name, file in DOCUMENTS.items():
        with st.expander(name):
            st.markdown(_inside((FOLDER / file).read_text(encoding="utf-8")))


def _inside(text: str) -> str:
    """With headings below those of the page, and without links from one file to another."""
    return _HEADING.sub("###", _LINK.sub(r"\1", text))
