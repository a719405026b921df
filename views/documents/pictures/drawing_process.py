"""Charts drawn outside of the browser, in a process of their own: one that fails takes no reader with it.

The library ends its whole process on some texts (a zero byte), and holds 200 MB once it has drawn.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]
LONGEST = 120
"""Seconds; a picture takes one."""


def charts(specs: Sequence[dict]) -> list[str]:
    """Vega-Lite as svg."""
    return _asked({"charts": specs}) if specs else []


def pictures(drawn: Sequence[str], sharpness: float) -> list[bytes]:
    """Svg as png."""
    return [b64decode(one) for one in _asked({"pictures": drawn, "sharpness": sharpness})] if drawn else []


def _asked(wanted: dict) -> list[str]:
    command = [sys.executable, "-m", __name__]
    asked = json.dumps(wanted).encode()
    done = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"a chart could not be drawn: {done.stderr.decode(errors='replace')[-2000:]}")
    return json.loads(done.stdout)


def main() -> None:
    """What is asked for on the input, drawn on the output. Nothing is fetched from anywhere."""
    import vl_convert

    wanted = json.load(sys.stdin)
    found = [vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]) for spec in wanted.get("charts", [])]
    found += [
        b64encode(vl_convert.svg_to_png(drawn, scale=wanted["sharpness"])).decode()
        for drawn in wanted.get("pictures", [])
    ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
