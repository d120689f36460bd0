import fs from 'node:fs';
import path from 'node:path';
import { exampleFigures, examplesIn } from '../example-figures';
import { classDistribution, confusionHeatmap, setLanguage } from '../index';
import { sayIn } from './say';
import { zh } from './zh';

afterEach(() => setLanguage('en'));

const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const chinese = /[一-鿿]/;

describe('the dictionary', () => {
  // Signs, and what is the same in both.
  const signs = [', ', '; ', '{done} of {total}', '{y}. {most}.'];
  it.each(Object.entries(zh))('says %j in both languages, with the same gaps', (en, said) => {
    expect(en).toMatch(/\S/);
    expect(gaps(said)).toEqual(gaps(en));
    if (!signs.includes(en)) expect(said).toMatch(chinese);
  });

  it('has no phrase that nothing says', () => {
    const room = path.join(__dirname, '..');
    const files = fs.readdirSync(room, { recursive: true, encoding: 'utf8' });
    const sources = files
      .filter((file) => /\.ts$/.test(file) && !/\.spec\.ts$|zh[\w-]*\.ts$/.test(file))
      .map((file) => fs.readFileSync(path.join(room, file), 'utf8'))
      .join('\n')
      .replaceAll("\\'", "'");
    const isSaid = (phrase: string) =>
      ["'", '"', '`'].some((quote) => sources.includes(`${quote}${phrase}${quote}`));
    expect(Object.keys(zh).filter((phrase) => !isSaid(phrase))).toEqual([]);
  });

  it('fills the gaps of a phrase', () => {
    const filling = { name: 'gru', first: 1, last: '{first}' };
    expect(sayIn('zh')('{name}: from {first} to {last}', filling)).toBe('gru：从 1 到 {first}');
  });
});

/** All texts that a reader can see in a figure's layout, or hear. */
function texts(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    return ['text', 'name', 'title', 'description'].includes(key) ? [value] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const inArray = Array.isArray(value);
  return Object.entries(value).flatMap(([name, part]) => texts(part, inArray ? key : name));
}

describe('figures in Chinese', () => {
  // A model's name, and the title of an axis of the example.
  const fromData = ['Dense', 'model'];
  it.each(Object.keys(exampleFigures))('%s leaves no phrase in English', (name) => {
    const phrases = Object.keys(zh).filter(
      (phrase) => /^\w.*\w/.test(phrase) && !/\{/.test(phrase),
    );
    const [english, said] = [exampleFigures, examplesIn({ language: 'zh' })].map((of) =>
      texts(of[name]),
    );
    expect(english!.length).toBeGreaterThan(2);
    expect(said).not.toEqual(english);
    expect(said!.filter((text) => phrases.includes(text) && !fromData.includes(text))).toEqual([]);
  });

  it.each(['en', 'zh'] as const)(
    'each says in its title that its data are synthetic: %s',
    (language) => {
      const titles = (synthetic: boolean) =>
        Object.values(examplesIn({ language, synthetic }))
          .flat()
          .map(({ title }) => title);
      const mark = { en: ' (synthetic data)', zh: '（合成数据）' }[language];
      expect(titles(true)).toEqual(titles(false).map((title) => `${title}${mark}`));
    },
  );

  it('speak it where it is set once, or each by itself', () => {
    const counts = [{ name: 'benign', count: 1 }];
    expect(classDistribution(counts, { language: 'zh' }).title).toBe('各类别占比分布');
    setLanguage('zh');
    expect(classDistribution(counts, { synthetic: true }).title).toBe('各类别占比分布（合成数据）');
    expect(classDistribution(counts, { language: 'en' }).title).toBe('Share of each class');
    expect(confusionHeatmap({ classes: ['a'], counts: [[3]] }).description).toBe(
      '各真实类别被正确识别的比例：a 100.0 %。',
    );
  });

  it('knows no other language', () => {
    expect(() => setLanguage('french')).toThrow('expected one of en, zh');
  });
});
