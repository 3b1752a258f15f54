"""What the build rests on and no other test would notice."""

import re
import shutil
import subprocess
from pathlib import Path

import grimp
import pytest

from meetings.settings import ROOT

LOCKS = ("requirements.txt", "requirements-test.txt")


def locked(name: str) -> dict[str, str]:
    """Package and version, of each in a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_the_tests_run_on_the_versions_that_are_installed_for_use() -> None:
    used, tested = (locked(name) for name in LOCKS)
    assert len(used) > 30
    assert used.items() <= tested.items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(name))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "--index" not in text


def capability_and_file(module: str) -> list[str]:
    """`["floor", "views"]` of `meetings.floor.views`, and of what is inside where that is a package."""
    return module.split(".")[1:3]


def test_no_capability_imports_anothers_views_or_forms() -> None:
    graph = grimp.build_graph("meetings")
    pages = [module for module in graph.modules if capability_and_file(module)[1:] in (["views"], ["forms"])]
    assert len({capability_and_file(module)[0] for module in pages}) >= 7
    strangers = [
        f"{importer} imports {module}"
        for module in pages
        for importer in graph.find_modules_that_directly_import(module)
        if importer != "meetings" and capability_and_file(importer)[0] != capability_and_file(module)[0]
    ]
    assert strangers == []


def test_make_help_lists_what_a_newcomer_needs() -> None:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)
    assert listed == ["help", "setup", "run", "test", "lint", "bench", "lock", "clean"]


FAKE_PYTHONS = {
    "is Python 3.9.2, Python 3.11 or later is needed": '[ "$1" = -V ] && echo Python 3.9.2 && exit 0\nexit 1',
    "has no venv module": 'case "$*" in *ensurepip*) exit 1;; esac',
}


@pytest.mark.parametrize("complaint", [*FAKE_PYTHONS, "was not found"])
def test_a_machine_without_a_fit_python_is_told_so_in_one_line(tmp_path: Path, complaint: str) -> None:
    checkout, python = tmp_path / "checkout", tmp_path / "python3"
    (checkout / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup", checkout / "tools" / "setup")
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, checkout / name)
    if script := FAKE_PYTHONS.get(complaint):
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    done = subprocess.run(
        [checkout / "tools" / "setup", "requirements.txt", python], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert complaint in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_named_chromium_that_is_not_there_is_told_so_in_one_line() -> None:
    done = subprocess.run(
        [ROOT / "tools" / "chromium"],
        env={"PATH": "/usr/bin:/bin", "CHROMIUM": "/nowhere/chromium"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "make: CHROMIUM=/nowhere/chromium is not a program that can be run.\n"
