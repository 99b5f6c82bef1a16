"""Lines that grow, drawn: both axes double, so that what grows in a straight line has the slope of the grey one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def draw(path: Path, title: str, axes: tuple[str, str], lines: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Write a picture (SVG) of some lines, each of which is points from left to right."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "callsheet"  # the same figures, the same file
    from matplotlib import pyplot as plt

    figure, plot = plt.subplots(figsize=(8, 5))
    plot.set_prop_cycle(color=[mpl.colormaps["tab20"](number) for number in range(20)])
    for name, points in lines.items():
        plot.plot(*zip(*points, strict=True), marker="o", markersize=3, linewidth=1.2, label=name)
    right, high = max(map(max, lines.values()))
    left = min(point[0] for line in lines.values() for point in line)
    plot.plot([left, right], [high * left / right, high], color="0.7", linestyle="--", linewidth=1, label="straight")
    plot.set(title=title, xlabel=axes[0], ylabel=axes[1], xscale="log", yscale="log")
    plot.grid(visible=True, which="major", color="0.9")
    plot.legend(fontsize="small", frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)
