"""The way in and out, over HTTP and over the page's own channel."""

from tests.access.conftest import STRANGER, SignInServer


def test_whoever_is_not_signed_in_is_shown_the_way_in_and_nothing_else(server: SignInServer):
    answer = server.visitor().get("/resultater?spoergeskema=student")

    assert answer.status_code == 401
    assert "Log ind" in answer.text
    assert "streamlit" not in answer.text.casefold()
    assert "/log-ind?tilbage=%2Fresultater%3Fspoergeskema%3Dstudent" in answer.text


def test_whoever_signs_in_comes_to_the_address_that_they_wanted(server: SignInServer):
    visitor = server.visitor()

    answer = server.sign_in(visitor, "sekretariat@kommune.example", "/resultater?aar=2025")

    assert answer.url == f"{server.address}/resultater?aar=2025"
    with visitor.tab() as tab:
        tab.run("resultater")
        assert "indsatser" in tab.pages


def test_somebody_whom_nobody_has_invited_sees_a_polite_page_and_no_figures(server: SignInServer):
    visitor = server.visitor()

    answer = server.sign_in(visitor, STRANGER)

    assert answer.status_code == 403
    assert "Du har ikke adgang endnu" in answer.text


def test_a_reading_link_shows_results_and_nothing_of_the_partnerships(server: SignInServer):
    visitor = server.visitor()

    answer = visitor.get(server.link)

    assert answer.url == f"{server.address}/"
    with visitor.tab() as tab:
        tab.run("")
        assert set(tab.pages) >= {"", "resultater", "min-enhed", "datagrundlag"}
        assert not {"indsatser", "moede"} & set(tab.pages)
        tab.run("indsatser")
        assert not tab.says("Indsatser (")
