import { residualBlock } from './index';

it('adds x itself where the shapes agree', () => {
  const { title, description } = residualBlock({ input: [115, 32], filters: 16 });
  expect(title).toBe('Residual block, identity shortcut');
  expect(description).toContain('identity');
  expect(description).not.toContain('Conv 1');
  expect(description).toMatch(/x \+ g\(x\) 115 × 32\.$/);
});

it('brings x to the shape of g(x) where they do not', () => {
  const pooled = residualBlock({ input: [115, 32], filters: 32, pool: 2, size: 5 });
  expect(pooled.title).toBe('Residual block, 1 × 1 shortcut');
  for (const layer of ['Conv 5 115 × 32', 'Max pool 58 × 32', 'Conv 1 58 × 64', 'Concat 58 × 64']) {
    expect(pooled.description).toContain(layer);
  }
  expect(residualBlock({ input: [115, 1], filters: 16 }).description).not.toContain('Max pool');
});
