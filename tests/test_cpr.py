"""Personal identification numbers are found however they are written, and other numbers are let through."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cpr import contains_cpr
from tests.personal_texts import CPR_NUMBERS

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
BLANKS = " \t\u00a0\u2007\u2009\u202f\u3000"
INVISIBLE = (
    "\u061c\u180e\u202e\u2066\u3164\u2800\x00\ud800\U000e0041\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\ufe0f"
)
FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}

days = st.dates(date(1900, 1, 1), date(2049, 12, 31))
serials = st.integers(0, 9999).map("{:04}".format)
SLASHES = "/\\|\u2044\u2215\u29f8\uff0f"
DOTS = "._\u00b7\u2022\u2219\uff0e\uff3f"
separators = st.sampled_from(["", " - ", " – ", *DASHES, *SLASHES, *DOTS, *BLANKS])
last_separators = separators | st.sampled_from(["  -  ", " -- ", *":;*+=~#'("])


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def written_numbers(draw) -> str:
    day, serial, between = draw(days), draw(serials), draw(separators)
    year = day.strftime(draw(st.sampled_from(["%y", "%Y"])))
    if len(year) == 4 and year >= "2000":
        serial = f"{4 + int(serial[0]) % 6}{serial[1:]}"
    day_of_month = day.day + draw(st.sampled_from([0, 60]))
    return between.join([f"{day_of_month:02}", f"{day.month:02}", year]) + draw(last_separators) + serial


@given(number=written_numbers())
def test_a_number_is_found_with_any_separator_and_a_date_of_six_or_eight_digits(number):
    assert contains_cpr(f"Ring til {number}, tak")
    assert contains_cpr(f"({number})".translate(FULL_WIDTH))


@given(day=days, serial=serials, sign=st.sampled_from(INVISIBLE))
def test_invisible_characters_hide_no_number(day, serial, sign):
    assert contains_cpr(sign.join(f"{day:%d%m%y}-{serial}"))


@pytest.mark.parametrize("text", CPR_NUMBERS)
def test_forms_that_people_write(text):
    assert contains_cpr(text)


@given(number=digits(8), prefix=st.sampled_from(["", "+45 ", "0045 ", "+45", "tlf. ", "(+45) "]))
def test_danish_telephone_numbers_are_let_through(number, prefix):
    first, second, third, fourth = (number[start : start + 2] for start in range(0, 8, 2))

    assert not contains_cpr(f"{prefix}{first} {second} {third} {fourth}")
    assert not contains_cpr(f"{prefix}{first}{second} {third}{fourth}")
    assert not contains_cpr(f"{prefix}{number}")
    assert not contains_cpr(f"{number} eller {number}")


@given(rest=digits(9))
def test_ean_numbers_are_let_through(rest):
    assert not contains_cpr(f"EAN 5790{rest}")
    assert not contains_cpr(f"EAN 5790 0{rest[:3]} {rest[3:8]}")
    assert not contains_cpr(f"EAN 5 790{rest[:3]} {rest[3:]}")
    assert not contains_cpr("EAN " + " ".join([*(f"5790{rest}"[at : at + 2] for at in range(0, 13, 2))]))


@given(year=st.integers(2000, 2099), number=st.integers(1, 999_999))
def test_journal_numbers_are_let_through(year, number):
    assert not contains_cpr(f"j.nr. {year}-{number}")
    assert not contains_cpr(f"{year}-{1 + number % 12:02}-{number % 10_000:04}")
    assert not contains_cpr(f"{year % 100:02}/{number:06}")
    assert not contains_cpr(f"27.35.10-P19-{number}-{year % 100:02}")


@given(begins=days, ends=days)
def test_dates_and_periods_are_let_through(begins, ends):
    for written in ("%d.%m.%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m %Y", "%Y-%m-%d"):
        assert not contains_cpr(f"{begins:{written}}-{ends:{written}}")
        assert not contains_cpr(f"{begins:{written}} – {ends:{written}}")
    assert not contains_cpr(f"{begins:%d.%m.%Y} kl. 14.30")


@given(sum_of_money=st.integers(0, 10**12), decimals=st.integers(0, 99))
def test_sums_of_money_are_let_through(sum_of_money, decimals):
    danish = f"{sum_of_money:,}".replace(",", ".")

    assert not contains_cpr(f"{danish},{decimals:02} kr.")
    assert not contains_cpr(f"kr. {danish.replace('.', ' ')}")
    assert not contains_cpr(f"{sum_of_money % 10**9},{decimals:04}")


@given(day=days, hour=st.integers(0, 23), minute=st.integers(0, 59), count=serials)
def test_a_day_with_an_hour_or_a_count_is_let_through(day, hour, minute, count):
    written = f"{day:%d.%m.%y}"

    assert not contains_cpr(f"{written} {hour:02}.{minute:02}")
    assert not contains_cpr(f"{written} - {hour:02}.{minute:02}")
    assert not contains_cpr(f"{written}: {count} svar, i alt {count}")
    assert not contains_cpr(f"{written}, {count} svar ({count})")


@given(number=digits(10))
def test_ten_digits_alone_are_one_only_where_they_begin_with_a_date(number):
    day, month = int(number[:2]), int(number[2:4])
    day -= 60 if day > 60 else 0
    is_day = 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]

    assert contains_cpr(f"P-nummer {number}") == is_day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "321390-1234",
        "001090-1234",
        "010090-1234",
        "310290-1234",
        "310490-1234",
        "010190-123",
        "010190-12345",
        "1010190-1234",
        "01.08.2026-2028",
        "20 12 34 56 21 22 23 24",
        "20123456 21222324",
        "12.345.678,90",
        "1.234 svar pr. 31.12.2025",
        "1.5.26 1200 kr.",
        "1.8.26-2028",
        "12.1.2.34-5678",
        "Punkt 3.4.25 og 1234",
        "1 2 3 4 5 6 7 8 9 10",
        "0 1 0 1 9 0 1 2 3 4 5",
        "10.12.26 14.30",
    ],
)
def test_what_is_no_number_of_a_person(text):
    assert not contains_cpr(text)
