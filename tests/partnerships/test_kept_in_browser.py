"""What the browser keeps of a draft is less than what the store would take."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import playwright
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.texts import is_personal
from tests.personal_texts import CPR_NUMBERS, MAIL_ADDRESSES
from tests.test_cpr import written_numbers

NODE = Path(playwright.__file__).parent / "driver" / "node"
SCRIPT = Path(__file__).parents[2] / "views" / "chrome" / "stage.js"
RULE = re.compile(r"const UNSEEN = .*const isPersonal = [^;]*;", re.DOTALL)
TELLS = """
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(isPersonal)));
"""


def are_kept(texts: Sequence[str]) -> list[str]:
    """Those of the texts that the script in the browser takes for harmless."""
    rule = RULE.search(SCRIPT.read_text(encoding="utf-8"))[0]
    run = subprocess.run(
        [NODE, "-e", rule + TELLS], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return [text for text, personal in zip(texts, json.loads(run.stdout), strict=True) if not personal]


def test_no_form_that_the_store_refuses_is_kept_in_the_browser():
    refused = [f"Jens {text}, som vil begynde" for text in (*CPR_NUMBERS, *MAIL_ADDRESSES)]

    assert all(map(is_personal, refused))
    assert are_kept(refused) == []


@settings(max_examples=5, deadline=None)
@given(st.lists(written_numbers(), min_size=50, max_size=100))
def test_no_number_of_a_person_is_kept_in_the_browser(numbers):
    assert are_kept([f"Ring til {number}, tak" for number in numbers]) == []


def test_what_people_decide_is_kept_in_the_browser():
    decided = [
        "",
        "Vi begynder 1. maj 2027 hos de 3 kommuner",
        "Fra 1.5.2027 til 1/6 2027, se 27.3.2026",
        "Følges op 01.05.27 kl. 14",
        "12.345,50 kr. eller ring 12 34 56 78",
    ]

    assert are_kept(decided) == decided
