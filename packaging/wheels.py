"""Which of the platforms and Pythons that people have find wheels for all that her2 needs; nothing is installed.

`python packaging/wheels.py [EXTRA ...]` asks pip to resolve the dependencies, with those of the extras named, for
each platform from wheels alone, and prints a table. Exit 1 where a platform does not resolve without extras.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {  # a name for people, the tags that pip knows, and what the environment markers say there
    "Linux x86_64 (glibc)": (("manylinux2014_x86_64", "manylinux_2_28_x86_64"), "linux", "x86_64"),
    "Linux arm64 (glibc)": (("manylinux2014_aarch64", "manylinux_2_28_aarch64"), "linux", "aarch64"),
    "Linux x86_64 (musl)": (("musllinux_1_2_x86_64", "musllinux_1_1_x86_64"), "linux", "x86_64"),
    "Linux arm64 (musl)": (("musllinux_1_2_aarch64", "musllinux_1_1_aarch64"), "linux", "aarch64"),
    "macOS arm64": (("macosx_11_0_arm64", "macosx_12_0_arm64", "macosx_14_0_arm64"), "darwin", "arm64"),
    "Windows x86_64": (("win_amd64",), "win32", "AMD64"),
}


def requirements(extras: tuple[str, ...], python: str, system: str, machine: str) -> list[str]:
    """The requirements of the project with *extras* that hold on a platform. pip would ask this one."""
    from packaging.requirements import Requirement

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    given = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    names = {"win32": ("nt", "Windows"), "darwin": ("posix", "Darwin"), "linux": ("posix", "Linux")}
    there = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
        "platform_machine": machine,
        "os_name": names[system][0],
        "platform_system": names[system][1],
    }
    found = map(Requirement, given)
    return [
        f"{each.name}{extras_of(each)}{each.specifier}"
        for each in found
        if not each.marker or each.marker.evaluate(there)
    ]


def extras_of(requirement: object) -> str:
    """`[distributed]` of `dask[distributed]`."""
    extras = ",".join(sorted(getattr(requirement, "extras", ())))
    return f"[{extras}]" if extras else ""


def missing(wanted: list[str], python: str, tags: tuple[str, ...]) -> str:
    """The first requirement that has no wheel there; empty where all have one."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "python3",
            "-m",
            "pip",
            "--python",
            sys.executable,
            "install",
            "--dry-run",
            "--quiet",
            "--only-binary",
            ":all:",
            "--target",
            folder,
        ]
        command += [
            "--python-version",
            python,
            "--implementation",
            "cp",
            *(f"--platform={tag}" for tag in tags),
            *wanted,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stderr.splitlines() if "No matching distribution" in line]
    return lines[0].rpartition("for ")[2] if lines else (done.stderr.strip().splitlines() or ["?"])[-1]


def main(extras: tuple[str, ...]) -> int:
    cells = [(name, python) for name in PLATFORMS for python in PYTHONS]

    def ask(cell: tuple[str, str]) -> str:
        tags, system, machine = PLATFORMS[cell[0]]
        return missing(requirements(extras, cell[1], system, machine), cell[1], tags)

    with ThreadPoolExecutor(4) as pool:
        answers = dict(zip(cells, pool.map(ask, cells), strict=True))
    title = "wheels for " + ("her2cli[" + ",".join(extras) + "]" if extras else "her2cli")
    print(f"{title:32}", *(f"{python:>12}" for python in PYTHONS))
    for name in PLATFORMS:
        print(f"{name:32}", *(f"{answers[name, python][:12] or 'yes':>12}" for python in PYTHONS))
    lacking = {f"{name}, Python {python}: {what}" for (name, python), what in answers.items() if what}
    for line in sorted(lacking):
        print(f"no wheel on {line}")
    return 1 if lacking and not extras else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
