"""What `results/` holds, for the site: a page for each file of it, and the tables of Table 1 for the first page."""

import html
import re

from nbconvert.filters import markdown2html_mistune

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{title}</title>
<link rel="icon" href="data:," />
<link rel="stylesheet" href="../assets/page.css" />
</head>
<body>
<main class="index result">
<p><a href="../index.html">BotLab</a></p>
{body}
</main>
</body>
</html>
"""


class Result:
    """A file of results, as `botlab study FILE --results DIR` writes it."""

    def __init__(self, path):
        self.name = path.stem
        picture = path.with_suffix(".svg")
        self.picture = picture.read_text(encoding="utf-8") if picture.exists() else None
        self.text = path.read_text(encoding="utf-8")
        self.title = re.search(r"^# (.*)$", self.text, flags=re.M)[1]

    @property
    def link(self):
        return f'<a href="results/{self.name}.html">{html.escape(self.title)}</a>'

    def tables(self):
        """Its tables alone, as HTML."""
        found = re.findall(r"(?:^\|.*\n)+", self.text, flags=re.M)
        return "".join(scrolled(markdown2html_mistune(table)) for table in found)

    def page(self):
        body = scrolled(markdown2html_mistune(self.text))
        if self.picture is not None:
            drawn = f'<p><img src="{self.name}.svg" alt="{html.escape(self.title)}, as bars" /></p>'
            body = body.replace("</h1>", f"</h1>{drawn}", 1)
        return PAGE.format(title=html.escape(self.title), body=body)


def scrolled(source):
    return re.sub(r"<table>.*?</table>", r'<div class="scroll">\g<0></div>', source, flags=re.S)


def results_in(folder):
    return [Result(path) for path in sorted(folder.glob("*.md")) if path.name != "README.md"]
