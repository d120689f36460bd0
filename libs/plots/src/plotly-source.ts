import fs from 'node:fs';

/** Plotly's own source as pages inline it: minified, and such that nothing in it ends the script element that it stands in. */
export function plotlySource(): string {
  const source = fs.readFileSync(require.resolve('plotly.js-dist-min'), 'utf8');
  return source.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}
