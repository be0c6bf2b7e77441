"""Writes `broken_markup.json` anew: what Chromium makes of each fragment of `broken_markup.html.txt`.

Run `python tests/read/renew_broken_markup.py`; it needs a `chromium` on the path. The tests themselves do not.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

HERE = Path(__file__).parent
FRAGMENTS = HERE / "broken_markup.html.txt"
EXPECTED = HERE / "broken_markup.json"

# The browser's own parser, and `rows` and `cells` as its object model has them.
_SCRIPT = """
const fold = text => text.replace(/\\s+/g, " ").trim();
const without = (node, selector) => {
  const copy = node.cloneNode(true);
  copy.querySelectorAll(selector).forEach(inner => inner.replaceWith(" "));
  return fold(copy.textContent);
};
const result = {};
for (const [name, html] of Object.entries(fragments)) {
  const page = new DOMParser().parseFromString("<!DOCTYPE html><body>" + html, "text/html");
  result[name] = {
    tables: [...page.querySelectorAll("table")].map(
      table => [...table.rows].map(row => [...row.cells].map(cell => without(cell, "table")))),
    captions: [...page.querySelectorAll("table")].map(table => table.caption ? fold(table.caption.textContent) : null),
    outside: without(page.body, "table"),
  };
}
document.body.innerHTML = "<pre></pre>";
document.querySelector("pre").textContent = "RESULT" + JSON.stringify(result) + "END";
"""


def fragments() -> dict[str, str]:
    """Name -> fragment, from the text file: "# name" lines, each followed by its markup."""
    parts = re.split(r"^# (.+)\n", FRAGMENTS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name.strip(): html.strip() for name, html in zip(parts[::2], parts[1::2], strict=True)}


def main() -> int:
    """Asks the browser and writes the file."""
    data = json.dumps(fragments()).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    page = f'<!DOCTYPE html><meta charset="utf-8"><body><script>const fragments = {data};{_SCRIPT}</script>'
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fragments.html"
        path.write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        done = subprocess.run([*command, "--dump-dom", path.as_uri()], capture_output=True, text=True, check=True)
    found = re.search(r"RESULT(.*)END</pre>", done.stdout, re.DOTALL)
    if found is None:
        print(done.stderr[-2000:], file=sys.stderr)
        return 1
    expected = json.loads(unescape(found[1]))
    EXPECTED.write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
