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
from collections.abc import Iterator, Sequence
from pathlib import Path

from .forms import FORMS, OFFICE, Missing, make
from .layouts import lay_out, styles_of
from .plans import draw_plan


def _seeds(text: str) -> Iterator[int]:
    """The seeds that `1-3,8` names."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def write(seed: int, styles: int, out: Path, forms: Sequence[str], told: set[str]) -> list[Path]:
    """Writes a seed's plan in some styles, each into a folder of `out`; what is missing is told once."""
    sheets = [lay_out(draw_plan(seed), style) for style in styles_of(seed, styles)]
    with tempfile.TemporaryDirectory(dir=out, prefix=".") as made:
        folders = [Path(made) / f"seed{seed:03}.{sheet.style.name}" for sheet in sheets]
        for sheet, folder in zip(sheets, folders, strict=True):
            folder.mkdir()
            gold = json.dumps(sheet.gold, ensure_ascii=False, indent=1) + "\n"
            (folder / "plan.gold.json").write_text(gold, encoding="utf-8")
        for form in forms:
            steps = [(sheets, folders)]
            if form not in OFFICE:
                steps = [([sheet], [folder]) for sheet, folder in zip(sheets, folders, strict=True)]
            for part in steps:
                try:
                    make(form, *part)
                except (Missing, ImportError) as absent:
                    if form not in told:
                        print(f"{form} is skipped: {absent}", file=sys.stderr)
                    told.add(form)
                except (OSError, subprocess.SubprocessError, ValueError) as failed:
                    print(f"{part[1][0].name}: no {form}: {failed}", file=sys.stderr)
        for folder in folders:
            shutil.rmtree(out / folder.name, ignore_errors=True)
            shutil.move(folder, out / folder.name)
    return [out / folder.name for folder in folders]


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forge", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", default="1-8")
    parser.add_argument("--styles", type=int, default=3, help="styles of each plan")
    parser.add_argument("--forms", default=",".join([*FORMS, *OFFICE]), help="forms to make, parted by commas")
    args = parser.parse_args()
    forms = args.forms.split(",")
    if unknown := sorted(set(forms) - {*FORMS, *OFFICE}):
        parser.error(f"no such form: {', '.join(unknown)}; there are {', '.join([*FORMS, *OFFICE])}")
    args.out.mkdir(parents=True, exist_ok=True)
    told: set[str] = set()
    for seed in _seeds(args.seeds):
        print(*write(seed, args.styles, args.out, forms, told), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
