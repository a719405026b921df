"""What of a system is published: chosen, attacked, and chosen again until nothing about too few follows."""

from indicators.disclosure.audit import Weighted, audit
from indicators.disclosure.choice import Chosen, Progress, greedy_choice
from indicators.disclosure.system import System


def choose(system: System, least_persons: int, progress: Progress | None = None) -> Chosen:
    """Which cells are published, so that nothing about fewer persons follows from them and what is given.

    Where too much follows from the given rows alone, only cells that follow from them are chosen.
    """
    if system.protected is not None and not len(system.protected):
        return system.offered & (system.persons_by_cell >= least_persons)
    watched: list[Weighted] = []
    while True:
        chosen = greedy_choice(system, least_persons, progress, watched)
        if system.protected is not None:
            return chosen
        found = audit(system.shown(chosen), system.persons, least_persons).offending
        missed = [weights for weights in found if weights not in watched]
        if not missed:
            return chosen
        watched += missed
