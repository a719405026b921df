"""The HTML page that Streamlit sends first, made Danish once and then sent for every address."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit

TITLE = "Praktikdata"

_HERE = Path(__file__).parent
_STREAMLITS_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"

# What is changed in Streamlit's page: the pattern, and what comes in its place.
_CHANGES = {
    r'<html lang="en">': '<html lang="da">',
    r"<title>.*?</title>": f"<title>{TITLE}</title>",
    r"<noscript>.*?</noscript>": "<noscript><p>Siden kræver, at JavaScript er slået til.</p></noscript>",
    r'<link rel="service-desc"[^>]*/>': "",  # describes an interface that is switched off
    r'<link\s+rel="preload"[^>]*as="font"[^>]*/>': "",  # a font that the theme does not use
}


def _script() -> str:
    """The translator with its dictionary and the wall's keys, as one inline script: it must run first."""
    words = json.dumps(json.loads((_HERE / "da.json").read_text("utf-8")), ensure_ascii=False)
    translator = (_HERE / "da.js").read_text("utf-8").replace("DICTIONARY", words)
    return translator + (_HERE / "stage.js").read_text("utf-8")


def danish_document() -> str:
    """Streamlit's own first page with Danish language, title and chrome."""
    document = _STREAMLITS_PAGE.read_text("utf-8")
    for pattern, replacement in _CHANGES.items():
        document = re.sub(pattern, replacement, document, flags=re.DOTALL)
    return document.replace("<head>", f"<head>\n    <script>{_script()}</script>", 1)


def _fingerprint(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def content_security_policy(document: str) -> str:
    """What the browser may load and run: this server's own files and this document's own scripts."""
    scripts = re.findall(r"<script>(.*?)</script>", document, flags=re.DOTALL)
    return (
        f"default-src 'self'; script-src 'self' {' '.join(map(_fingerprint, scripts))}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
