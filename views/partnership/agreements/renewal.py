"""A new agreement, empty or begun as the renewal of one there is."""

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from data_access.partnerships.records.kinds import AGREEMENT
from data_access.partnerships.records.options import Options
from data_access.partnerships.records.records import open_record
from indicators.selection import Option
from views.foundation import filter_bar
from views.foundation.session import query
from views.foundation.vocabulary import with_number

RENEWS, AFRESH = "forny", Option("ny", "En tom formular")
LEFT_BEHIND = ("starts", "ends", "enters_into_force", "terminated_from", "document", "note")


def begin(given: Options) -> Mapping:
    """What the new agreement begins with."""
    options = {
        Option(str(one.id), with_number(f"Fornyelse af {one.name}", one.id)): one.id
        for one in given.agreements
    }
    if not options:
        return {}
    with st.container(key="indsatsvalg fornyelse"):
        found = filter_bar.select("Begynd med", RENEWS, (AFRESH, *options), told=False)
    return renewal_of(options[found]) if found in options else {}


def renewal_of(agreement_id: int) -> dict:
    """The terms and the parties as they are, from the day after the last one."""
    was = query(open_record, AGREEMENT, agreement_id).form.model_dump(exclude=set(LEFT_BEHIND))
    ends = query(open_record, AGREEMENT, agreement_id).form.ends
    return {**was, "renews_id": agreement_id, **({"starts": ends + timedelta(days=1)} if ends else {})}
