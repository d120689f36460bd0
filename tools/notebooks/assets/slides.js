'use strict';
// Starts the slides of a page.
Reveal.initialize({
  width: 1280,
  height: 800,
  margin: 0.03,
  center: false,
  hash: true,
  slideNumber: 'c/t',
  navigationMode: 'linear', // one key goes through all
  transition: 'none',
  pdfSeparateFragments: false,
  plugins: [RevealNotes],
}).then(() => {
  document.documentElement.dataset.slides = String(Reveal.getTotalSlides());
});
