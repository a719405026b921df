"""Mail addresses are found however they are written, and other uses of the sign are let through."""

import pytest

from indicators.mail_address import contains_mail_address
from tests.personal_texts import MAIL_ADDRESSES


@pytest.mark.parametrize("text", MAIL_ADDRESSES)
def test_forms_that_people_write(text):
    assert contains_mail_address(f"Skriv til {text}, tak")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@x",
        "@Sekretariatet",
        "Følg os: @roskilde.dk",
        "3 stk. @ 12.50 kr.",
        "3@12.50",
        "Kaffe @ Café A. Porta",
        "Vi mødes @ kl. ti",
        "Vi så at example.dk er nede",
        "(at) example.dk",
        "https://example.org/@navn/side.html",
        "https://www.google.com/maps/@55.64,12.08,15z",
        "https://teams.microsoft.com/l/meetup-join/19:meeting_abc@thread.v2/0",
    ],
)
def test_what_is_no_mail_address(text):
    assert not contains_mail_address(text)
