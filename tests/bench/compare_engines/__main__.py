"""Our engine beside that of ODK Web Forms (Node, jsdom): the same forms, the same answers, in one go.

    python -m tests.bench.compare_engines            # needs node and npm; installs into a temporary folder
    python -m tests.bench.compare_engines --node-modules DIR

Prints load time, answer time and memory with their ratios; times are CPU time of the process, loads hold the
first opening of the form too. Not part of the timed suite.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from supportpoint.clock import FixedClock
from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, QuestionType
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.workbook import read_workbook
from tests.bench.test_forms_bench import write_form
from tests.form_walks import Walker

HERE = Path(__file__).parent
CORPUS = HERE.parents[3] / "shared" / "conformance" / "corpus"
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ROUNDS = 5
FILES_KINDS = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.FILE})
Plan = dict[str, Any]
Figures = dict[str, Any]


def list_forms() -> dict[str, tuple[bytes, dict[str, bytes]]]:
    """Return the forms that are at hand: name → (XForm, files)."""
    forms: dict[str, tuple[bytes, dict[str, bytes]]] = {"200 questions": (write_form(200), {})}
    for form_id in ("birth-registration", "social-allowance"):
        workbook = read_workbook(shipped_dir("assets") / "forms" / form_id)
        xform = make_xform(workbook)
        if isinstance(xform, bytes):
            forms[form_id] = xform, dict(read_lists(workbook))
    for name in ("child_vaccination_VOL_tool_v12.xml", "whova_form.xml"):
        if (CORPUS / name).exists():
            forms[name.removesuffix(".xml")] = (CORPUS / name).read_bytes(), {}
    return forms


def make_plan(xform: bytes, files: dict[str, bytes]) -> Plan:
    """Return the form and the answers of one valid interview, in the order they are asked."""
    definition = FormDefinition.load(xform, files=files)
    walker = Walker(definition, AT)
    walks = []
    for seed in range(6):
        walker.rng = random.Random(seed)
        walks.append(walker.walk())
    session = max(walks, key=lambda walk: walk.page_count())
    answers = [
        {"ref": question.ref, "type": question.type, "value": _plain(session, question.ref, question.type)}
        for page in session.pages()
        for question in page.questions
        if question.value is not None and not question.readonly and question.type not in FILES_KINDS
    ]
    texts = {name: data.decode("utf-8-sig") for name, data in files.items()}
    return {"form": xform.decode(), "files": texts, "answers": answers, "rounds": ROUNDS}


def _plain(session: FormSession, ref: str, kind: QuestionType) -> object:
    value = session.value(ref)
    return list(value) if isinstance(value, tuple) and kind is QuestionType.SELECT_MULTIPLE else str(value)


def run_ours(plan: Plan) -> Figures:
    """Return the figures of our engine, in milliseconds and bytes."""
    form, files = plan["form"].encode(), {name: text.encode() for name, text in plan["files"].items()}
    loads = []
    for _ in range(plan["rounds"]):
        began = time.process_time()
        FormSession(FormDefinition.load(form, files=files), clock=FixedClock(AT))
        loads.append((time.process_time() - began) * 1000)
    gc.collect()
    tracemalloc.start()
    held = FormSession(FormDefinition.load(form, files=files), clock=FixedClock(AT))
    gc.collect()
    heap = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    answers, skipped = [], 0
    for step in plan["answers"]:
        value = tuple(step["value"]) if isinstance(step["value"], list) else step["value"]
        began = time.process_time()
        try:
            held.answer(step["ref"], value)
            answers.append((time.process_time() - began) * 1000)
        except SupportPointError:
            skipped += 1
    nodes = held._state.root.walk()
    relevant = sum(1 for node in nodes if node.relevant and node.spec.control is not None)
    return {"loads": loads, "answers": answers, "heap": heap, "skipped": skipped, "relevant": relevant}


def run_theirs(plan_file: Path, modules: Path) -> Figures:
    """Return the figures of the other engine."""
    command = ["node", "--expose-gc", str(modules / "run.mjs"), str(plan_file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900, cwd=modules)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def install(modules: Path) -> None:
    """Put the other engine into a folder of its own."""
    for name in ("package.json", "run.mjs"):
        shutil.copy(HERE / name, modules / name)
    if not (modules / "node_modules").exists():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=modules, check=True)


def show(name: str, plan: Plan, ours: Figures, theirs: Figures) -> None:
    """Print one form."""
    sys.stdout.write(f"\n{name}: {len(plan['form']) // 1000} kB, {len(plan['answers'])} answers\n")
    sys.stdout.write(
        f"  relevant questions at the end: ours {ours['relevant']}, theirs {theirs['relevant']}\n"
    )
    sys.stdout.write(f"  answers not taken: ours {ours['skipped']}, theirs {theirs['skipped']}\n")
    rows = (
        ("load, first, ms", ours["loads"][0], theirs["loads"][0]),
        ("load, median, ms", statistics.median(ours["loads"]), statistics.median(theirs["loads"])),
        ("answer, median, ms", statistics.median(ours["answers"]), statistics.median(theirs["answers"])),
        ("answer, p99, ms", share(ours["answers"], 99), share(theirs["answers"], 99)),
        ("memory, MB", ours["heap"] / 1e6, theirs["heap"] / 1e6),
    )
    for what, one, other in rows:
        sys.stdout.write(f"  {what:20} {one:10.2f} {other:10.2f}   x {other / one:.0f}\n")


def share(values: list[float], percent: int) -> float:
    """Return the value that so many of a hundred stay below."""
    return sorted(values)[len(values) * percent // 100]


def main() -> None:
    """Run both engines on every form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", type=Path, help="run our engine on a plan and print JSON")
    parser.add_argument("--node-modules", type=Path, help="a folder to install into and keep")
    options = parser.parse_args()
    if options.ours is not None:
        sys.stdout.write(json.dumps(run_ours(json.loads(options.ours.read_text(encoding="utf-8")))))
        return
    if shutil.which("node") is None or shutil.which("npm") is None:
        sys.exit("node and npm are needed")
    with tempfile.TemporaryDirectory() as folder:
        modules = options.node_modules or Path(folder)
        modules.mkdir(parents=True, exist_ok=True)
        install(modules)
        for name, (xform, files) in list_forms().items():
            plan, plan_file = make_plan(xform, files), Path(folder) / "plan.json"
            plan_file.write_text(json.dumps(plan), encoding="utf-8")
            command = [sys.executable, "-m", "tests.bench.compare_engines", "--ours", str(plan_file)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            show(name, plan, json.loads(done.stdout), run_theirs(plan_file, modules))


if __name__ == "__main__":
    main()
