import { FEATURE_NAMES, FEATURES } from './schema';

describe('FEATURES', () => {
  it('are 115 columns in 5 windows of 23', () => {
    expect(FEATURES).toHaveLength(115);
    expect(new Set(FEATURE_NAMES).size).toBe(115);
    expect(FEATURES.filter(({ window }) => window === 'L0.1')).toHaveLength(23);
  });
  it('know their parts', () => {
    expect(FEATURES[65]).toEqual({
      index: 65,
      name: 'HH_jit_L5_weight',
      block: 'HH_jit',
      window: 'L5',
      statistic: 'weight',
    });
    expect(FEATURE_NAMES[0]).toBe('MI_dir_L5_weight');
    expect(FEATURE_NAMES[114]).toBe('HpHp_L0.01_pcc');
    expect(FEATURES.every(({ index }, i) => index === i)).toBe(true);
  });
});
