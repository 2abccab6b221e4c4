#!/usr/bin/env python3
"""Grades a folder of answers to a Raftarium challenge, and prints a table as CSV.

    python3 grade.py CHALLENGE.raft FOLDER > grades.csv

Each file in FOLDER is the answer of one student: a script that the page saved, or a text file with
a link. Its name without the ending is the name of the student. The command `raftarium` does the
work; the variable RAFTARIUM may name another program.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

COLUMNS = ["student", "points", "won", "goals", "of", "forbidden", "changed", "remark"]


def reports(challenge, answers):
    """One report for each answer, in order."""
    program = os.environ.get("RAFTARIUM", "raftarium")
    command = [program, "run", challenge, "--format", "json", "--answer", *answers]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    lines = done.stdout.splitlines()
    if len(lines) != len(answers):
        sys.exit(done.stderr.strip() or "raftarium gave no report")
    return [json.loads(line) for line in lines]


def row(answer, report):
    """A line of the table. All goals make 100 points, a forbidden action 0."""
    run = report.get("run") or {}
    goals, forbidden = run.get("goals", []), run.get("breaches", [])
    reached = sum(goal["won"] for goal in goals)
    points = round(100 * reached / len(goals)) if goals and not forbidden else 0
    missed = [f"not reached: {goal['text']}" for goal in goals if not goal["won"]]
    wrong = [f"line {item['line']}: {item['text']}" for item in forbidden + report["errors"]]
    return {
        "student": Path(answer).stem,
        "points": points,
        "won": "yes" if run.get("won") else "no",
        "goals": reached,
        "of": len(goals),
        "forbidden": len(forbidden),
        "changed": "yes" if report.get("changed") else "no",
        "remark": "; ".join(wrong + missed),
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    challenge, folder = sys.argv[1:]
    answers = sorted(str(path) for path in Path(folder).iterdir() if path.is_file())
    if not answers:
        sys.exit(f"{folder} holds no answers")
    table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    table.writeheader()
    for answer, report in zip(answers, reports(challenge, answers)):
        table.writerow(row(answer, report))


main()
