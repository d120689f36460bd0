import { placesText } from './places-text';

const report = { html: 'a/report.html', json: 'a/table1.json', markdown: 'a/table1.md' };

it('says where the files are, and how many runs of the report nobody asked for', () => {
  expect(placesText(report)).toBe('Report: a/report.html\nTable:  a/table1.json, a/table1.md');
  const more = [1, 2].map((others) => placesText(report, undefined, others).split('\n')[0]);
  expect(more).toEqual([
    'Report: a/report.html (with 1 more run of this experiment)',
    'Report: a/report.html (with 2 more runs of this experiment)',
  ]);
  expect(placesText(report, { json: 'k.json', markdown: 'k.md', svg: 'k.svg' })).toMatch(
    /\nKept: {3}k\.json, k\.md, k\.svg$/,
  );
});
