'use strict';
// Sets the formulas of a page.
document.addEventListener('DOMContentLoaded', () => {
  for (const text of document.querySelectorAll('.jp-RenderedMarkdown, .chapters')) {
    renderMathInElement(text, {
      delimiters: [
        { left: '$$', right: '$$', display: true },
        { left: '\\[', right: '\\]', display: true },
        { left: '$', right: '$', display: false },
        { left: '\\(', right: '\\)', display: false },
      ],
      throwOnError: false,
    });
  }
  document.documentElement.dataset.formulas = 'set';
});
