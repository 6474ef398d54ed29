"""The rules of the code that no type can hold: who may do what, and how long it may take to say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "oscb_desktop"
MODULES = {
    str(path.relative_to(PACKAGE).as_posix()): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def found(sign: Callable[[ast.AST], bool]) -> set[str]:
    """Return the modules of the package in which the sign is found."""
    return {name for name, tree in MODULES.items() if any(sign(node) for node in ast.walk(tree))}


def names(node: ast.AST, *wanted: str) -> bool:
    """Whether a node names one of these: alone, as an attribute or in an import."""
    if isinstance(node, ast.alias):
        return node.name in wanted
    return (isinstance(node, ast.Name) and node.id in wanted) or (
        isinstance(node, ast.Attribute) and node.attr in wanted
    )


def calls(node: ast.AST, *wanted: str) -> bool:
    """Whether a node calls one of these, such as ``Session`` or ``date.today``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
        return False
    last = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    near = any(one.endswith(last) for one in wanted)  # writing out every call takes seconds
    return near and ast.unparse(node.func) in wanted


def test_every_import_points_downwards() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]
    layers = " : ".join(contracts["contracts"][0]["layers"]).replace("|", ":").split(":")
    missing = [
        layer.strip()
        for layer in layers
        if not (PACKAGE / layer.strip()).exists() and f"{layer.strip()}.py" not in MODULES
    ]
    assert missing == [], "a layer that is named has to be there"
    # In a process of its own: it sets the logging of the process that it runs in.
    command = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_only_the_store_begins_a_session() -> None:
    assert found(lambda node: calls(node, "Session", "sessionmaker", "orm.Session")) == {
        "services/store.py",
        "services/salvage.py",  # it writes a file that nobody has opened yet
    }


def test_only_messages_and_the_crash_dialog_show_a_message_box() -> None:
    assert found(lambda node: names(node, "QMessageBox")) <= {
        "ui/messages.py",
        "ui/crash_dialog.py",
    }


def test_only_the_entry_asks_what_day_it_is() -> None:
    clocks = [
        f"{kind}.{ask}" for kind in ("date", "datetime") for ask in ("today", "now", "utcnow")
    ]
    clocks += [f"datetime.{clock}" for clock in clocks] + ["time.time", "time.localtime"]
    entries = ("application.py", "__main__.py", "cli/")
    asking = found(lambda node: calls(node, *clocks))
    assert [module for module in asking if not module.startswith(entries)] == []


def test_no_statement_is_put_together_from_words() -> None:
    def from_words(node: ast.AST) -> bool:
        if not calls(node, "text", "connection.exec_driver_sql") or not isinstance(node, ast.Call):
            return False
        return bool(node.args) and not isinstance(node.args[0], ast.Constant | ast.IfExp)

    assert found(from_words) <= {"queries/search.py"}, "which chooses between two orders of its own"


def test_nothing_is_run_or_unpacked_that_a_file_could_carry() -> None:
    def risky(node: ast.AST) -> bool:
        return calls(node, "eval", "exec", "os.system", "pickle.load", "pickle.loads")

    assert found(risky) == set()


def lengths(within: str = "") -> Iterator[tuple[int, str]]:
    """Yield the lines of each function and its name, without docstring and ``field=value,``."""
    for name, tree in MODULES.items():
        if not name.startswith(within):
            continue
        lines = (PACKAGE / name).read_text("utf-8").splitlines()
        for node in ast.walk(tree):
            if isinstance(node, FUNCTION):
                own = lines[node.lineno - 1 : node.end_lineno]
                said = len((ast.get_docstring(node, clean=False) or "").splitlines())
                filled = sum(bool(re.fullmatch(r"\s*\w+=[^(]+,", line)) for line in own)
                yield len(own) - said - filled, f"{name}: {node.name}"


def test_a_function_fits_a_screen_and_most_fit_a_glance() -> None:
    below = [(lines, name) for lines, name in lengths() if not name.startswith("ui/")]
    assert [each for each in below if each[0] > 40] == []
    assert [each for each in lengths("ui/") if each[0] > 60] == []
    assert median(lines for lines, _ in lengths()) <= 8


def documented(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the name of each public thing with the first line of what is said of it."""
    yield "the module", (ast.get_docstring(tree) or "").partition("\n")[0]
    for node in ast.walk(tree):
        if isinstance(node, (*FUNCTION, ast.ClassDef)) and not node.name.startswith("_"):
            yield node.name, (ast.get_docstring(node) or "").partition("\n")[0]


def inner(tree: ast.Module) -> set[str]:
    """Return the names of functions that stand within another: nobody else can call them."""
    return {
        deeper.name
        for node in ast.walk(tree)
        if isinstance(node, FUNCTION)
        for deeper in ast.walk(node)
        if isinstance(deeper, FUNCTION) and deeper is not node
    }


def test_what_is_public_says_in_one_sentence_what_it_is() -> None:
    silent, unended = [], []
    for module, tree in MODULES.items():
        unheard = inner(tree) | ({"paintEvent"} if module.startswith("ui/") else set())
        told = list(documented(tree))
        silent += [
            f"{module}: {name}"
            for name, said in told
            if name not in unheard and not (said[:1].isalnum() or said[:1] in "`“‘")
        ]
        unended += [
            f"{module}: {name}" for name, said in told if said and not said.endswith((".", "?"))
        ]
    assert silent == []
    assert unended == []


def test_an_assertion_is_for_the_reader_never_a_check_of_input() -> None:
    odd = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
        and not ast.unparse(node.test).startswith(("isinstance(", "not ", "len("))
        and " is " not in ast.unparse(node.test)
    ]
    assert odd == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "NotImplemented()", "/work/"])
def test_nothing_is_left_to_do(word: str) -> None:
    unfinished = [name for name in MODULES if word in (PACKAGE / name).read_text("utf-8")]
    assert unfinished == []
