"""A notebook as slides: which of its cells begin one, and what of a long text goes on the next.

Nothing is written for slides alone. A heading begins a slide; what follows stands below it as long as there is room,
and goes on a slide of its own where there is none. Long code stays in the notebook, and its output is shown.
"""

import copy
import re

import nbformat

# What a slide holds, and what things take of it, in pixels of 800.
HEIGHT = 700
LINE, CODE_LINE, TABLE_ROW, FIGURE = 40, 26, 46, 500
WORDS_IN_A_LINE = 15
# Longer code is left out.
CODE_LINES = 14
HIDDEN_INPUT = "remove_input"


def as_slides(nb):
    """A copy of an executed notebook with the metadata that nbconvert makes slides of."""
    slides = nbformat.v4.new_notebook(metadata=copy.deepcopy(nb.metadata))
    left = 0
    for cell in nb.cells:
        for part in text_parts(cell.source) if cell.cell_type == "markdown" else code_parts(cell):
            heading = re.match(r"(#+) ", part.source) if part.cell_type == "markdown" else None
            height = height_of(part)
            kind = "-" if height <= left and not heading else "subslide"
            if heading and len(heading[1]) < 3:
                kind = "slide"
            left = (HEIGHT if kind != "-" else left) - height
            part.metadata["slideshow"] = {"slide_type": kind}
            slides.cells.append(part)
    return slides


def text_parts(source):
    """A cell for each paragraph; fenced code, formulas and lists stay whole, and a heading is with what follows it."""
    paragraphs, fence = [], None
    for paragraph in re.split(r"\n\s*\n", source.strip()):
        goes_on = fence is not None or (paragraphs and re.match(r"\s|[-*|>] |\d+\. ", paragraph))
        goes_on = goes_on or (paragraphs and re.fullmatch(r"#+ [^\n]*", paragraphs[-1]))
        if goes_on:
            paragraphs[-1] += f"\n\n{paragraph}"
        else:
            paragraphs.append(paragraph)
        for mark in re.findall(r"^```|\$\$", paragraph, flags=re.M):
            fence = None if fence == mark else fence or mark
    return [nbformat.v4.new_markdown_cell(paragraph) for paragraph in paragraphs if paragraph]


def code_parts(cell):
    """The cell with its code where that is short, else with its output alone; nothing where that leaves nothing."""
    part = copy.deepcopy(cell)
    part.metadata = nbformat.from_dict({})
    if len(part.source.splitlines()) > CODE_LINES:
        part.metadata["tags"] = [HIDDEN_INPUT]
        return [part] if part.outputs else []
    return [part]


def height_of(part):
    if part.cell_type == "markdown":
        lines = part.source.splitlines()
        words = sum(1 + len(line.split()) // WORDS_IN_A_LINE for line in lines if line.strip())
        return words * LINE + sum(LINE for line in lines if line.startswith("#"))
    code = 0 if "tags" in part.metadata else len(part.source.splitlines()) * CODE_LINE
    return code + sum(height_of_output(output) for output in part.outputs)


def height_of_output(output):
    if output.output_type == "stream":
        return len(output.text.splitlines()) * CODE_LINE
    shown = output.get("data", {}).get("text/html", "")
    if "botlab-plot" in shown:
        heights = [int(height) for height in re.findall(r'"height": ?(\d+)', shown)]
        return max([FIGURE, *heights])
    return shown.count("<tr") * TABLE_ROW or LINE
