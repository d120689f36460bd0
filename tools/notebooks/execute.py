"""Executes a notebook in a kernel of its own: execute.py NOTEBOOK COPY SECONDS

Prints lines of JSON: how many code cells there are, one for each that is done, and the result.
The copy with its outputs is written whole, where the notebook fails too. SECONDS is the time of a cell.
"""

import json
import os
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

notebook, copy, seconds = sys.argv[1:]

# What the kernel prints about errors that do not fail a cell, such as promises that nobody awaits. (What it
# prints after the cell has ended does not come here.)
UNNOTICED = ("UnhandledPromiseRejection:", "UncaughtException:")


def say(**fields):
    print(json.dumps(fields), flush=True)


def stderr_of(cell):
    texts = (o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr")
    return "".join(texts).strip()


def described(cell, text):
    lines = [line for line in text.splitlines() if line.strip()][:8]
    first = cell.source.splitlines()[0] if cell.source else ""
    return f"code cell {code_cells.index(cell) + 1} ({first}): " + "\n".join(lines)


nb = nbformat.read(notebook, as_version=4)
code_cells = [cell for cell in nb.cells if cell.cell_type == "code"]
client = NotebookClient(
    nb,
    kernel_name="tslab",
    timeout=int(seconds),
    startup_timeout=600,
    coalesce_streams=True,
    shutdown_kernel="immediate",
    record_timing=False,
    resources={"metadata": {"path": os.path.dirname(os.path.abspath(notebook))}},
)
current = None


def begin(cell, **_):
    global current
    current = cell


client.on_cell_execute = begin
client.on_cell_executed = lambda **_: say(done=1)

say(cells=len(code_cells))
start = time.monotonic()
error = None
try:
    client.execute()
except CellTimeoutError:
    error = described(current, f"it ran for more than {seconds} s")
except DeadKernelError:
    error = described(current, "the kernel died") if current else "the kernel died"
except CellExecutionError as failure:
    error = described(current, stderr_of(current) or str(failure))
except Exception as failure:  # such as a kernel that does not start
    error = f"{type(failure).__name__}: {failure}"
if error is None:
    for cell in code_cells:
        if any(mark in stderr_of(cell) for mark in UNNOTICED):
            error = described(cell, stderr_of(cell))
            break

os.makedirs(os.path.dirname(copy), exist_ok=True)
nbformat.write(nb, f"{copy}.partial")
os.replace(f"{copy}.partial", copy)
say(ok=error is None, seconds=round(time.monotonic() - start, 1), error=error)
sys.exit(0 if error is None else 1)
