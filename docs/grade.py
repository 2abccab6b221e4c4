#!/usr/bin/env python3
"""Grades a folder of answers to a Raftarium challenge, and prints a table as CSV.

    python3 grade.py CHALLENGE.raft FOLDER > grades.csv

Each file in FOLDER is the answer of one student: a script that the page saved, or a text with the
link to it. Its name without the ending is the name of the student. A folder in FOLDER holds the
answer of the student that it is named after. The command `raftarium` does the work; the variable
RAFTARIUM may name another program.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

COLUMNS = ["student", "points", "won", "goals", "of", "forbidden", "changed", "remark"]


def answers(folder):
    """The files with their students, sorted by name. Hidden files are no answers."""
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name.casefold()):
        if path.name.startswith("."):
            continue
        if path.is_file():
            found.append((path.stem, path))
        elif path.is_dir():
            own = sorted(it for it in path.iterdir() if it.is_file() and it.name[0] != ".")
            names = [path.name] if len(own) == 1 else [f"{path.name}/{it.stem}" for it in own]
            found.extend(zip(names, own))
    return found


def reports(challenge, files):
    """One report for each file, in order."""
    program = os.environ.get("RAFTARIUM", "raftarium")
    command = [program, "run", challenge, "--format", "json", "--answer", *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    except OSError as error:
        sys.exit(f"{program} does not start: {error}; set RAFTARIUM to its path")
    lines = done.stdout.splitlines()
    if len(lines) != len(files):
        sys.exit(done.stderr.strip() or f"{program} gave no report")
    return [json.loads(line) for line in lines]


def remarks(report):
    """What is wrong with an answer, in sentences."""
    run = report.get("run") or {}
    for item in run.get("breaches", []) + report["errors"]:
        yield f"line {item['line']}: {item['text']}" if item["line"] else item["text"]
    if report.get("actions") == 0:
        yield "the answer has no actions"
    for goal in run.get("goals", []):
        if not (goal["won"] or run.get("won")):
            yield f"not reached: {goal['text']}"


def row(student, report):
    """A line of the table. A won challenge makes 100 points, a forbidden action 0."""
    run = report.get("run") or {}
    goals, forbidden, won = run.get("goals", []), run.get("breaches", []), run.get("won", False)
    reached = sum(goal["won"] for goal in goals)
    points = 0
    if report.get("actions") and not forbidden and not report["errors"]:
        points = 100 if won else round(100 * reached / len(goals))
    return {
        "student": student,
        "points": points,
        "won": "yes" if won and points else "no",
        "goals": reached,
        "of": len(goals),
        "forbidden": len(forbidden),
        "changed": "yes" if report.get("changed") else "no",
        "remark": "; ".join(remarks(report)),
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    challenge, folder = sys.argv[1], Path(sys.argv[2])
    if not folder.is_dir():
        sys.exit(f"{folder} is not a folder")
    found = answers(folder)
    if not found:
        sys.exit(f"{folder} holds no answers")
    graded = reports(challenge, [path for _, path in found])
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    table.writeheader()
    for (student, _), report in zip(found, graded):
        table.writerow(row(student, report))


main()
