"""Writes executed notebooks as a site: site.py EXECUTED SITE NAME...

EXECUTED holds the executed copies, NAME.ipynb, and models.html; the names are in the order of reading. Those of
solutions/ belong to the chapter of the same name, and those of zh/ are the chapter in Chinese. SITE gets index.html, a page for each, slides/ with one of
slides for each chapter, and assets/ with what pages share. Nothing of it loads anything from elsewhere.
"""

import hashlib
import html
import os
import re
import sys
from pathlib import Path

import nbformat
from jupyter_core.paths import jupyter_path
from nbconvert import HTMLExporter, SlidesExporter
from nbconvert.filters import markdown2html_mistune
from results import results_in
from slides import HIDDEN_INPUT, as_slides
from traitlets.config import Config

executed, site = Path(sys.argv[1]), Path(sys.argv[2])
names = sys.argv[3:]
here = Path(__file__).parent
results = results_in(here.parent.parent / "results")

# Scripts and styles longer than this are written once: they are the same in every page.
LONG_SCRIPT, LONG_STYLE = 1_000_000, 10_000
SOLUTIONS, CHINESE, SLIDES = "solutions/", "zh/", "slides/"
# Where a notebook's page has plotly, and what draws with it, in one script (libs/plots/src/notebook/page-script.ts).
PLOTLY = re.compile(
    r"\(function \(define, module, exports\) \{(.*)\n;window\.Plotly = Plotly;\}\)\.call\(window\);(.*)",
    re.S,
)
# What the site itself says of a notebook.
WORDS = {
    "en": {"index": "Notebooks", "solutions": "Solutions", "slides": "Slides"},
    "zh-Hans": {"index": "目录", "solutions": "答案（英文）", "slides": "幻灯片"},
}

shown = {"extra_template_basedirs": [str(here / "template")], "embed_images": True}
exporter = HTMLExporter(template_name="botlab", **shown)
slides_exporter = SlidesExporter(
    template_name="botlab-slides",
    reveal_theme="botlab",
    config=Config(TagRemovePreprocessor={"enabled": True, "remove_input_tags": {HIDDEN_INPUT}}),
    **shown,
)


def page(name):
    return f"{name}.html"


def base(name):
    return "../" * name.count("/")


def share(text, kind):
    """Writes a text into assets/ once, whatever the number of pages with it, and returns its path."""
    file = f"assets/{hashlib.sha256(text.encode()).hexdigest()[:12]}.{kind}"
    (site / file).write_text(text, encoding="utf-8")
    return file


def share_scripts(source, up):
    """Moves long scripts out of an output: plotly's source is in one of every notebook, as in the page of the models."""

    def moved(match):
        attributes, code = match.groups()
        if len(code) < LONG_SCRIPT or re.search(r"\b(src|type)\s*=", attributes):
            return match.group(0)
        wrapped = PLOTLY.fullmatch(code)
        code, rest = wrapped.groups() if wrapped else (code, "")
        drawing = f"<script{attributes}>{rest}</script>" if rest else ""
        return f'<script{attributes} src="{up}{share(code, "js")}"></script>{drawing}'

    return re.sub(r"<script\b([^>]*)>(.*?)</script>", moved, source, flags=re.S)


def share_styles(source, up):
    def moved(match):
        css = match.group(1)
        if len(css) < LONG_STYLE:
            return match.group(0)
        return f'<link rel="stylesheet" href="{up}{share(css, "css")}">'

    return re.sub(r'<style type="text/css">(.*?)</style>', moved, source, flags=re.S)


def site_links(source, name, up):
    """Makes links of a notebook to others lead to their pages, and mere text of links to what the site lacks."""

    def changed(match):
        before, target, after, text = match.groups()
        path, _, part = target.partition("#")
        # Parts of the page, other sites, and the links that the template has.
        if not path or re.match(r"[a-z]+:|//", path) or path.endswith(".html"):
            return match.group(0)
        folder = os.path.dirname(name)
        meant = os.path.normpath(os.path.join(folder, re.sub(r"\.ipynb$", "", path)))
        if not path.endswith(".ipynb") or meant not in names:
            return text
        href = up + page(meant) + (f"#{part}" if part else "")
        return f'<a{before} href="{href}"{after}>{text}</a>'

    return re.sub(r'<a((?: [^>]*)?) href="([^"]*)"([^>]*)>(.*?)</a>', changed, source, flags=re.S)


def opening(nb):
    """Title and first paragraph of a notebook, as Markdown."""
    title, paragraph = "Untitled", []
    for line in "\n\n".join(c.source for c in nb.cells if c.cell_type == "markdown").splitlines():
        if line.startswith("# ") and not paragraph:
            title = line[2:].strip()
        elif line.strip() and not line.startswith("#"):
            paragraph.append(line.strip())
        elif paragraph:
            break
    return title, " ".join(paragraph)


def chapter_of(name):
    """The chapter that a notebook is, is a translation of, or has the solutions of."""
    return name.removeprefix(SOLUTIONS).removeprefix(CHINESE)


def language_of(name):
    return "zh-Hans" if name.startswith(CHINESE) else "en"


def neighbours(name, titles):
    """The links of a page."""
    words = WORDS[language_of(name)]
    chapter = chapter_of(name)
    links = [{"href": page("index"), "text": words["index"]}]
    if name.startswith(SOLUTIONS):
        return links + [{"href": page(n), "text": titles[n]} for n in [chapter] if n in names]
    folder = name.removesuffix(chapter)
    siblings = [n for n in names if n == folder + chapter_of(n)]
    at = siblings.index(name)
    if at > 0:
        links.append({"href": page(siblings[at - 1]), "text": f"← {titles[siblings[at - 1]]}"})
    if SOLUTIONS + chapter in names:
        links.append({"href": page(SOLUTIONS + chapter), "text": words["solutions"]})
    links.append({"href": page(SLIDES + name), "text": words["slides"]})
    other, language = (chapter, "English") if folder else (CHINESE + chapter, "中文")
    if other in names:
        links.append({"href": page(other), "text": language, "lang": language_of(other)})
    if at + 1 < len(siblings):
        links.append({"href": page(siblings[at + 1]), "text": f"{titles[siblings[at + 1]]} →"})
    return links


def export(name, nb, titles):
    nb.metadata["title"] = titles[name]
    if not name.startswith(SOLUTIONS):
        write(slides_exporter, name, SLIDES + name, as_slides(nb), [])
    write(exporter, name, name, nb, neighbours(name, titles))


def write(exporter, name, file, nb, links):
    """Writes a notebook of this name to a file of the site."""
    up = base(file)
    slides_exporter.reveal_url_prefix = f"{up}assets/reveal"
    # nbconvert knows languages alone, without their scripts.
    exporter.language_code = language_of(name).split("-")[0]
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = share_scripts(data["text/html"], up)
    resources = {
        "metadata": {"name": name, "path": str(executed)},
        "site": {"base": up, "links": links},
    }
    source, _ = exporter.from_notebook_node(nb, resources)
    path = site / page(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(share_styles(site_links(source, name, up), up), encoding="utf-8")


def translation(name, openings):
    """The lines of a chapter on the first page that lead to it in Chinese."""
    chinese = CHINESE + name
    if chinese not in names:
        return ""
    title, slides = html.escape(openings[chinese][0]), WORDS["zh-Hans"]["slides"]
    return (
        f'<p lang="zh-Hans"><a href="{page(chinese)}">{title}</a> · '
        f'<a href="{page(SLIDES + chinese)}">{slides}</a></p>'
    )


def index(openings):
    items = []
    for name in names:
        chapter = chapter_of(name)
        if name != chapter and chapter in names:
            continue
        title, paragraph = openings[name]
        summary = site_links(markdown2html_mistune(paragraph), name, base(name))
        links = []
        if SOLUTIONS + name in names:
            links.append((page(SOLUTIONS + name), "Solutions of the exercises"))
        if not name.startswith(SOLUTIONS):
            links.append((page(SLIDES + name), WORDS["en"]["slides"]))
        links = " · ".join(f'<a href="{href}">{text}</a>' for href, text in links)
        heading = f'<h2><a href="{page(name)}">{html.escape(title)}</a></h2>'
        items.append(f"<li>{heading}{summary}<p>{links}</p>{translation(name, openings)}</li>")
    text = (here / "index.html").read_text(encoding="utf-8")
    text = text.replace("<!-- chapters -->", "\n".join(items))
    for result in results:
        if result.name == "table1":
            table1 = f"<h2>{result.link}</h2>{result.tables()}"
            text = text.replace("<!-- table1 -->", table1)
    studies = "".join(f"<li>{result.link}</li>" for result in results if result.name != "table1")
    if studies:
        text = text.replace("<!-- studies -->", f"<h2>Studies</h2><ul>{studies}</ul>")
    (site / "index.html").write_text(text, encoding="utf-8")


def write_dark():
    """JupyterLab's dark colours, for who reads in the dark."""
    folders = [Path(folder) for folder in jupyter_path("nbconvert", "templates")]
    files = [folder / "lab" / "static" / "theme-dark.css" for folder in folders]
    css = next(file for file in files if file.exists()).read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{\n{css}\n}}\n"
    (site / "assets" / "dark.css").write_text(dark, encoding="utf-8")


def write_others():
    """The pages of results/, and that of the models, which lies beside the executed notebooks."""
    for result in results:
        (site / "results").mkdir(exist_ok=True)
        (site / page(f"results/{result.name}")).write_text(result.page(), encoding="utf-8")
        if result.picture is not None:
            (site / f"results/{result.name}.svg").write_text(result.picture, encoding="utf-8")
    models = (executed / page("models")).read_text(encoding="utf-8")
    (site / page("models")).write_text(share_scripts(models, ""), encoding="utf-8")


(site / "assets").mkdir(parents=True, exist_ok=True)
notebooks = {name: nbformat.read(executed / f"{name}.ipynb", as_version=4) for name in names}
openings = {name: opening(nb) for name, nb in notebooks.items()}
for name, nb in notebooks.items():
    export(name, nb, {name: title for name, (title, _) in openings.items()})
index(openings)
write_dark()
write_others()
