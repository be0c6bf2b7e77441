"""Writes fictional plans in many styles and forms, each with its gold.

    python -m benchmarks.forge --out DIR [--seeds 1-8] [--styles 3] [--forms html,md]

Each folder DIR/SEED-STYLE holds plan.gold.json and source.* files. It is made beside and moved into place whole.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .forms import FORMS, Missing
from .layouts import Sheet, lay_out, styles_of
from .plans import draw_plan


def _seeds(text: str) -> Iterator[int]:
    """The seeds that `1-3,8` names."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def sheets(seeds: Iterable[int], styles: int) -> Iterator[Sheet]:
    """The sheets of the seeds, each plan in some styles."""
    for seed in seeds:
        for style in styles_of(seed, styles):
            yield lay_out(draw_plan(seed), style)


def write(sheet: Sheet, out: Path, forms: Iterable[str], told: set[str]) -> Path:
    """Writes one sheet's gold and forms into a folder of `out`, which it returns; what is missing is told once."""
    name = f"seed{sheet.plan.seed:03}.{sheet.style.name}"
    with tempfile.TemporaryDirectory(dir=out, prefix=".") as made:
        folder = Path(made) / name
        folder.mkdir()
        gold = json.dumps(sheet.gold, ensure_ascii=False, indent=1) + "\n"
        (folder / "plan.gold.json").write_text(gold, encoding="utf-8")
        for form in forms:
            try:
                (folder / f"source.{form}").write_bytes(FORMS[form](sheet, folder))
            except (Missing, ImportError) as absent:
                if form not in told:
                    told.add(form)
                    print(f"{form} is skipped: {absent}", file=sys.stderr)
            except (subprocess.SubprocessError, ValueError) as failed:
                print(f"{name}: no {form}: {failed}", file=sys.stderr)
        target = out / name
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.move(folder, target))


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forge", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", default="1-8")
    parser.add_argument("--styles", type=int, default=3, help="styles of each plan")
    parser.add_argument("--forms", default=",".join(FORMS), help="forms to make, parted by commas")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    told: set[str] = set()
    for sheet in sheets(_seeds(args.seeds), args.styles):
        print(write(sheet, args.out, args.forms.split(","), told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
