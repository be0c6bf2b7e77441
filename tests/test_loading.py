"""Libraries are loaded without what nobody asks them for, and with it as soon as somebody does."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from commands import SAMPLE


def _told(program: str) -> list[str]:
    """The words that a program prints which runs in a process of its own."""
    told = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)
    return told.stdout.split()


def test_a_module_is_loaded_when_something_in_it_is_asked_for() -> None:
    assert _told(
        """
        import sys
        from extractor.loading import loaded_later
        with loaded_later("colorsys", "rgb_to_hsv"):
            import colorsys
            from colorsys import rgb_to_hsv
        print("colorsys" in sys.modules)
        print(rgb_to_hsv(1, 0, 0)[1], "colorsys" in sys.modules, colorsys.ONE_THIRD < 1)
        """
    ) == ["False", "1.0", "True", "True"]


def test_a_module_from_which_something_else_is_imported_is_loaded_at_once() -> None:
    assert _told(
        """
        import sys
        from extractor.loading import loaded_later
        with loaded_later("colorsys", "rgb_to_hsv"):
            from colorsys import hsv_to_rgb
        print(hsv_to_rgb.__module__, sys.modules["colorsys"].hsv_to_rgb is hsv_to_rgb)
        """
    ) == ["colorsys", "True"]


def test_a_command_loads_nothing_that_is_asked_for_by_nobody() -> None:
    told = _told(
        f"""
        import sys
        from extractor.cli import main
        sys.argv = ["extractor", "extract", {str(SAMPLE)!r}, "-f", "csv", "-q"]
        try:
            main()
        except SystemExit:
            print()
        asked = {{"importlib.metadata", "secrets", "tempfile", "uuid", "pydantic"}}
        print("loaded:", *sorted(asked & set(sys.modules)))
        """
    )
    assert told[told.index("loaded:") + 1 :] == ["pydantic", "uuid"]
