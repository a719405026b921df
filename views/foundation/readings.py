"""How to read a figure, in plain Danish: the same sentences under every figure and in every tooltip.

And the words of a judgement with their chip: wherever a verdict is said, so is that the mix explains it.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from indicators.danish import (
    listed,
    lower_first,
    number,
    percent,
    points,
    round_half_up,
    upper_first,
    whole_percent,
)
from indicators.figure import Figure, QuestionRow, Response, Score, State
from indicators.judgement import Change, Judgement, Verdict, VisibleDifference
from indicators.profile import everyone_else_of, subject
from indicators.questionnaire import Question
from indicators.report import Report
from indicators.response import ResponseGap
from indicators.selection import Selection
from views.foundation import theme
from views.foundation.marks import TRIANGLES

VERDICTS = {
    Verdict.ABOVE: (
        "Forskellen til alle andre er større, end tilfældigheder plausibelt forklarer, også når vi tager "
        "højde for, at vi sammenligner mange steder, og den er på mindst 5 procentpoint."
    ),
    Verdict.ALIKE: (
        "Forskellen kan meget vel skyldes, hvem der tilfældigvis svarede, eller er under 5 procentpoint."
    ),
    Verdict.TOO_FEW: "Der skal være mindst 10 svar på begge sider, før en forskel vurderes.",
}
VERDICTS[Verdict.BELOW] = VERDICTS[Verdict.ABOVE]
"""What a verdict means."""

CHANGES = {
    Change.NOT_CERTAIN: "Ændringen kan meget vel skyldes, hvem der svarede, eller er under 5 procentpoint.",
    Change.TOO_FEW: "Der skal være mindst 10 svar i begge år, før en ændring vurderes.",
    Change.SERIES_BREAK: "Spørgsmålet er ændret, så årene kan ikke sammenlignes.",
}
"""What a change between years means, where it is not clear."""

WITHHELD = "Fordelingen vises ikke af hensyn til anonymitet"
ONLY_SHARE = "Få svar: kun andelen vises"

OTHERS = "«Alle andre» er alle svar uden enhedens egne, med samme valg af uddannelse og uddannelsessted."

OTHER_EDUCATIONS = "«Alle andre uddannelser» er alle svar uden uddannelsens egne."

OTHER_INSTITUTIONS = "«Alle andre uddannelsessteder» er alle svar uden uddannelsesstedets egne."

INTERVAL = (
    "Stregen er usikkerheden: er svarene et tilfældigt udsnit af, hvad stedet leverer, ligger andelen med "
    "95 % sikkerhed inden for den. Få svar giver en lang streg."
)

EXPECTED = (
    "Mærket «forventet» er, hvad andelen ville være, hvis enhedens uddannelser hver især svarede som de "
    "samme uddannelser hos alle andre. Det viser, om en forskel skyldes, hvilke uddannelser enheden har."
)

MIX_EXPLAINS = (
    "Forskellen til alle andre er ikke sikker, når der tages højde for, hvilke uddannelser enheden har."
)

MIX_VERDICT = (
    "Er den «Ikke til at skelne», hvor vurderingen mod alle andre er klar, kan forskellen forklares af, "
    "hvilke uddannelser enheden har."
)

FUNNEL = (
    "Tragten viser, hvor langt fra gennemsnittet steder med så mange svar kommer ved tilfældigheder: "
    "inden for de indre grænser ligger 95 %, inden for de ydre 99,8 %. Små steder svinger mest."
)

OVERDISPERSED = "Der er reel forskel mellem stederne; tragten er vejledende."

TWO_GROUPS = (
    "To grupper har svaret på hver sit spørgsmål. Forskellen siger, hvor de ser forskelligt på det samme, "
    "ikke hvem der har ret, så den får ingen vurdering."
)

UNCERTAIN_GAP = "Parentesen er forskellens usikkerhed."

THEME = (
    "Et temas tal er gennemsnittet af andelene for temaets fælles spørgsmål, som tæller lige meget. "
    "Usikkerheden er regnet, som om temaet var ét spørgsmål med så få svar som det spørgsmål, "
    "færrest svarede på."
)

HIDDEN = (
    f"«{State.HIDDEN}» står både ved grupper, der er for små, og ved grupper, som en lille gruppe ellers "
    "kunne regnes ud af."
)

BADGES = (
    "A Godt grundlag: mindst 50 % har svaret, og usikkerheden er højst 10 procentpoint. "
    "B Læs med forbehold: mindst 30 % og højst 20 procentpoint. C Spinkelt grundlag: resten. "
    "Er antallet af inviterede ukendt, gives højst B."
)

SKEWED = (
    "Skæv svarfordeling: nogle uddannelser har svaret meget mindre end andre, så tallene siger mest om dem, "
    "der svarede."
)

ALL_HIDDEN = (
    "Mærket siger, hvor meget så mange svar kan bære. Tallene selv er skjult, fordi en lille gruppe ellers "
    "kunne regnes ud."
)

HIGH_IS_BAD = (
    "Her er en lav andel god, så «Klart over» betyder, at enheden klarer sig bedre, altså ligger lavere."
)

ROUNDED = "Forskellen er regnet før afrunding."


def who_others_are(selection: Selection) -> str:
    """What «alle andre» of a page are; nothing where there are none."""
    if subject(selection) is None:
        return ""
    meanings = (OTHERS, OTHER_EDUCATIONS, OTHER_INSTITUTIONS)
    others = everyone_else_of(selection).name
    return next(meaning for meaning in meanings if meaning.startswith(f"«{others}»"))


def bases(questions: Iterable[Question]) -> str:
    """Which questions leave out some of those who answered, and what their n is; empty where none does."""
    named: dict[str, list[str]] = {}
    for question in questions:
        if question.base:
            named.setdefault(question.base, []).append(f"«{question.short}»")
    return " ".join(f"{listed(names)}: n er kun {base}." for base, names in named.items())


def distribution(figure: Figure) -> str:
    """Whether the distribution is shown, and if not, why: "Vist", or what stands where its bar would be."""
    if figure.withheld:
        return WITHHELD
    return ONLY_SHARE if figure.share is not None and figure.counts is None else figure.status


def looks_rounded(share: float, others: float) -> bool:
    """Whether the whole percents that a reader sees differ by something else than the shares do."""
    return whole_percent(share) - whole_percent(others) != int(round_half_up(100 * (share - others)))


def difference(share: float, others: float) -> str:
    """Beside the two shares that it is of: "+8 procentpoint", or "… før afrunding" beside 77 and 68 %."""
    return f"{points(share - others)}{' før afrunding' if looks_rounded(share, others) else ''}"


def answered(given: Response) -> str:
    """Answers, invited and response rate: always together."""
    if given.state is not State.SHOWN:
        return given.state.value
    if given.rate is None:
        return f"{number(given.answers)} besvarelser, antal inviterede ukendt"
    return f"{number(given.answers)} af {number(given.invited)} inviterede svarede ({percent(given.rate)})"


def missing(gap: ResponseGap) -> str:
    """How many more: "12 flere svar"."""
    return "1 svar mere" if gap.answers == 1 else f"{number(gap.answers)} flere svar"


def more_answers(gap: ResponseGap) -> str:
    """What so many more would give: "Med 12 flere svar kan fordelingen og vurderingen vises"."""
    return f"Med {missing(gap)} {gap.purpose.value}"


def of_invited(low: str, high: str) -> str:
    """The interval of this year's invited in a sentence; the limits as "60" and "85 %"."""
    return (
        f"Hvis de, der ikke svarede, ligner dem, der svarede, ligger tallet for alle inviterede "
        f"sandsynligvis mellem {low} og {high}."
    )


def no_assumption(low: str) -> str:
    """The lower bound that no assumption stands behind, in a sentence; the limit as "42 %"."""
    return f"Selv hvis alle, der ikke svarede, var utilfredse, ville tallet være mindst {low}."


# What computed titles have in common. They claim no difference but the ones that the verdict names.

LONGEST = 92
CLEAR = (Verdict.BELOW, Verdict.ABOVE)
"""What titles count, in the order in which they say it."""
JUDGED = (*CLEAR, Verdict.ALIKE)
"""What there were answers enough to say: a title is about no more than this was said of."""


def alt_text(title: str, selection: Selection) -> str:
    """What a figure says to somebody who does not see it."""
    return f"{title}. {selection.describe()}. Tallene står i tabellen under figuren."


def nothing(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    if any(row.figure.state is State.HIDDEN for row in rows):
        return f"{selection.unit.name}: {State.HIDDEN.lower()}"
    return f"{selection.unit.name}: ingen svar i {selection.years}"


def fitting(full: str, without_unit: str) -> str:
    """The unit stands under the title too, so it goes before either half of the finding does."""
    return full if len(full) <= LONGEST else without_unit


def share_label(rows: Sequence[QuestionRow]) -> str:
    """What the share is a share of: "enige", or all labels where the questions differ."""
    return " / ".join(dict.fromkeys(row.scale.share_label for row in rows))


def counted(said: Sequence[StrEnum | None], wanted: Sequence[StrEnum], what: str, others: str = "") -> str:
    """E.g. "2 af 12 spørgsmål er klart under alle andre, 1 er klart over"; nothing when none is wanted."""
    found = [(said.count(one), f"er {lower_first(one)}") for one in wanted if one in said]
    if not found:
        return ""
    (first, is_first), *rest = found
    also = "".join(f", {count} {is_so}" for count, is_so in rest)
    return f"{first} af {what} {is_first}{others and f' {others}'}{also}"


def judged(said: Sequence[Verdict | None]) -> int:
    """Of how many there is a verdict."""
    return sum(one in JUDGED for one in said)


def too_few(figures: Iterable[Figure | Score]) -> str:
    """Whose answers are too few for any verdict: the subject's own, or else everyone else's."""
    return "for få andre svar" if any(figure.detailed for figure in figures) else "for få svar"


ADDED_UP = "enheder, der er lagt sammen, får ingen vurdering"
"""Nobody has decided on them as a group: a reader has put them together."""


def of_judged(said: Sequence[Verdict | None], many: str) -> str:
    """What a count is a count of: "6 temaer", or "4 vurderede temaer" where the rest has no verdict."""
    count = judged(said)
    return f"{count} {many}" if count == len(said) else f"{count} vurderede {many}"


def none_judged(said: Sequence[Verdict | None], one: str) -> str:
    """That nothing was found among them: "intet tema", or "intet vurderet tema"."""
    return f"intet {one}" if judged(said) == len(said) else f"intet vurderet {one}"


BY_MIX = "kan forklares af uddannelserne"
"""Of a clear verdict that is gone once the unit's educations are allowed for."""

STAR = "*"
"""The same in a picture, which has no room for words; `explained` says what it means."""


def in_words(judgement: Judgement | None) -> str:
    """E.g. "Klart under (kan forklares af uddannelserne)"; nothing where nothing is said."""
    if judgement is None or judgement.verdict is None:
        return ""
    return f"{judgement.verdict} ({BY_MIX})" if judgement.explained_by_mix else judgement.verdict.value


def chip(verdict: Verdict) -> str:
    """The word as HTML in its colour, with the triangle that says the same to those who see no colours."""
    look = theme.VERDICTS[verdict].css_class
    return f'<span class="vurdering {look}">{TRIANGLES.get(verdict, "")}{verdict}</span>'


def as_html(judgement: Judgement | None) -> str:
    """The same as a chip."""
    if judgement is None or judgement.verdict is None:
        return ""
    why = f"<small>{BY_MIX}</small>" if judgement.explained_by_mix else ""
    return f"{chip(judgement.verdict)}{why}"


def star(judgement: Judgement | None) -> str:
    """What a picture puts after the verdict or the name."""
    return STAR if judgement and judgement.explained_by_mix else ""


def of_counted(judgements: Iterable[Judgement | None]) -> str:
    """After a count of clear verdicts, of how many that is: " (2 kan forklares af uddannelserne)"."""
    clear = [judgement.explained_by_mix for judgement in judgements if judgement and judgement.is_clear]
    explained = sum(clear)
    if not explained:
        return ""
    return f" ({BY_MIX})" if explained == len(clear) else f" ({explained} {BY_MIX})"


def remarks(report: Report | None) -> tuple[str, ...]:
    """What belongs to the findings of a report: which the mix explains, and what could not have been seen."""
    return (*explained(report), *could_be_seen(report.visible if report else ()))


def could_be_seen(differences: Sequence[VisibleDifference]) -> tuple[str, ...]:
    """How small a difference so many answers can show, in a sentence; nothing where none is known."""
    if not differences:
        return ()
    fewest, *most = differences
    said = f"Med {number(fewest.answers)} svar ville ingen forskel kunne ses sikkert"
    if fewest.difference is not None:
        said = (
            f"Med {number(fewest.answers)} svar ville først en forskel på omkring "
            f"{_whole_points(fewest.difference)} procentpoint blive set i fire af fem målinger"
        )
    for one in most:
        size = f"{_whole_points(one.difference)} procentpoint"
        said += f", med {number(one.answers)} svar først en på omkring {size}"
    return (f"{said}.",)


def _whole_points(difference: float) -> str:
    return number(int(round_half_up(100 * difference)))


def explained(report: Report | None) -> tuple[str, ...]:
    """Which clear verdicts of the report the mix explains, in a sentence; none where there are none."""
    if names := list(report.explained_by_mix()) if report else []:
        return (f"{STAR} {upper_first(listed(names))}: {lower_first(MIX_EXPLAINS)}",)
    return ()
