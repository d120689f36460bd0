import { classDistribution, htmlReport, type Report } from './index';

const hostile = `<script>alert("1")</script>&'`;
const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;';

const report: Report = {
  title: 'Table 1',
  notices: ['Synthetic data'],
  generated: '2026-01-02T03:04:05Z',
  sections: [
    {
      heading: 'Data',
      text: 'First.\n\nSecond.',
      figures: [classDistribution([{ name: '</script>', count: 1 }])],
    },
  ],
};

describe('htmlReport', () => {
  it('is one page with its language, notices, time and paragraphs', () => {
    const html = htmlReport(report);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<p class="notice" role="note">Synthetic data</p>');
    expect(html).toContain('<time datetime="2026-01-02T03:04:05.000Z">2026-01-02 03:04 UTC</time>');
    expect(html).toContain('<p>First.</p>\n<p>Second.</p>');
  });

  it('carries plotly once, or not at all where there is no figure', () => {
    const figures = [0, 1].flatMap(() => report.sections[0]!.figures!);
    const html = htmlReport({ ...report, sections: [{ heading: 'Two', figures }] });
    expect(html.match(/plotly\.js v\d/g)).toHaveLength(1);
    expect(html.match(/class="plot"/g)).toHaveLength(2);
    expect(htmlReport({ ...report, sections: [] }).length).toBeLessThan(10_000);
  });

  it('closes no script but its own', () => {
    const html = htmlReport(report);
    expect(html.match(/<\/script/gi)).toHaveLength(html.match(/<script/g)!.length);
    expect(html).not.toContain('<!--');
    expect(html).toContain('\\u003cextra>');
  });

  it('shows every text as it is', () => {
    const html = htmlReport({
      title: hostile,
      subtitle: hostile,
      notices: [hostile],
      generated: new Date(0),
      sections: [
        {
          heading: hostile,
          text: hostile,
          table: { columns: [hostile], rows: [[hostile]], caption: hostile },
        },
      ],
    });
    expect(html).not.toContain('<script');
    // Title twice, the table's caption once more as a label.
    expect(html.split(escaped)).toHaveLength(10 + 1);
  });

  it('refuses a date that is none', () => {
    expect(() => htmlReport({ ...report, generated: 'yesterday' })).toThrow(RangeError);
  });
});
