"""What published rounds were decided on, kept so that later figures can be held up against it."""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, delete, select

from data_access.confidential.finest_groups import round_contents
from data_access.confidential.models import ReleasedContents, Round
from indicators.cells import FinestGroup, Tally
from indicators.groups import DatedMembership, units_of_places
from indicators.publication import RoundContents

UnitsOf = Mapping[str, tuple[str, ...]]

HEAD = "head"
RESPONSE = "response"
ANSWERS = "answers"
TALLY = ("group", "option", "count", "person")


@dataclass(frozen=True)
class RoundBasis:
    """A round's answers by finest group, and the units of each place."""

    contents: RoundContents
    units_of: UnitsOf


def basis_of(session: Session, a_round: Round, groups: Sequence[DatedMembership]) -> RoundBasis:
    """What a release of the round would stand on now, with these groups as they are at its year's end."""
    contents = round_contents(session, a_round)
    places = {group.place for group in contents.groups}
    day = date(a_round.year, 12, 31)
    private = a_round.private_counts_in_municipality
    return RoundBasis(contents, units_of_places(sorted(places), groups, day, private))


def record_of(round_id: str, basis: RoundBasis) -> ReleasedContents:
    """Ready to be kept; its digest is the same for the same answers in the same groups."""
    arrays = _arrays(basis)
    digest = sha256(json.dumps(basis.units_of, sort_keys=True).encode())
    for name, array in arrays.items():
        digest.update(name.encode() + array.tobytes())
    packed = BytesIO()
    np.savez_compressed(packed, **arrays)
    return ReleasedContents(
        id=secrets.token_hex(8),
        round_id=round_id,
        digest=digest.hexdigest(),
        units_of=dict(basis.units_of),
        contents=packed.getvalue(),
    )


def keep(session: Session, record: ReleasedContents) -> str:
    """The id under which it is kept: the same answers in the same groups are kept once."""
    same = select(ReleasedContents.id).where(
        ReleasedContents.round_id == record.round_id, ReleasedContents.digest == record.digest
    )
    if known := session.exec(same).first():
        return known
    session.add(record)
    session.flush()
    return record.id


def kept(session: Session, contents_id: str | None) -> ReleasedContents | None:
    """What is kept under the id; None where there is nothing."""
    return session.get(ReleasedContents, contents_id) if contents_id else None


def opened(record: ReleasedContents) -> RoundBasis:
    """The basis that was kept."""
    units_of = {place: tuple(units) for place, units in record.units_of.items()}
    return RoundBasis(_unpacked(record.contents), units_of)


def units_kept(session: Session, contents_id: str | None) -> UnitsOf | None:
    """The units of each place alone; None where nothing is kept."""
    units_of = session.exec(
        select(ReleasedContents.units_of).where(ReleasedContents.id == contents_id)
    ).first()
    return None if units_of is None else {place: tuple(units) for place, units in units_of.items()}


def forget_all_but(session: Session, ids: Iterable[str]) -> None:
    """Deletes what no published round refers to any more."""
    session.execute(delete(ReleasedContents).where(col(ReleasedContents.id).not_in(list(ids))))


def _arrays(basis: RoundBasis) -> dict[str, NDArray]:
    contents = basis.contents
    head = {
        "groups": [[group.place, group.education, group.institution] for group in contents.groups],
        "persons": contents.persons,
        "invited_unknown": sorted(contents.invited_unknown),
        "questions": list(contents.answers),
    }
    tallies = {RESPONSE: contents.response} | {
        f"{ANSWERS}{number}": tally for number, tally in enumerate(contents.answers.values())
    }
    packed = {name: np.array([getattr(tally, part) for part in TALLY]) for name, tally in tallies.items()}
    return {HEAD: np.frombuffer(json.dumps(head).encode(), dtype=np.uint8), **packed}


def _unpacked(packed: bytes) -> RoundContents:
    with np.load(BytesIO(packed), allow_pickle=False) as arrays:
        head = json.loads(arrays[HEAD].tobytes())
        answers = {
            about: Tally(*arrays[f"{ANSWERS}{number}"]) for number, about in enumerate(head["questions"])
        }
        response = Tally(*arrays[RESPONSE])
    groups = tuple(FinestGroup(*group) for group in head["groups"])
    unknown = frozenset(head["invited_unknown"])
    persons = tuple(head["persons"])
    return RoundContents(groups, response, answers, unknown, persons)
