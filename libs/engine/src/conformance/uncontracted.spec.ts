import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { skipIf } from '../../../../tools/testing/skip-if';

const compiler = process.env['CXX'] ?? 'c++';
const { stdout, error } = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
const missing = error === undefined ? undefined : `there is no C++ compiler "${compiler}"`;
/** Instructions that multiply and add, of x64 and arm64. */
const CONTRACTED = /\b(vfn?m(add|sub)|fml[as]|fn?m(add|sub))/;

/** The instructions of a source that includes a header. */
function compiled(source: string): string {
  const contract = /clang/i.test(stdout) ? 'fast-honor-pragmas' : 'fast';
  const target = process.arch === 'x64' ? ['-mavx2', '-mfma'] : [];
  const args = [`-std=c++20 -O3 -ffp-contract=${contract} -fno-math-errno -x c++ -S -o - -`];
  const child = spawnSync(compiler, [...target, ...args.join().split(' ')], {
    cwd: join(__dirname, '..', 'backends', 'cpp'),
    input: source,
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return child.stdout;
}

skipIf(missing).describe('what JavaScript repeats to the bit', () => {
  it('multiplies and adds in two instructions', () => {
    const source = (uncontracted: string): string => `
      ${uncontracted}
      #include "tree-gradients.h"
      void softmax(Range range, const double* scores, int total, int classes, float* out) {
        treeSoftmax(range, scores, total, classes, out);
      }`;
    expect(compiled(source(''))).not.toMatch(CONTRACTED);
    const allowed = '#include "uncontracted.h"\n#undef UNCONTRACTED\n#undef CONTRACTED\n';
    const without = `${allowed}#define UNCONTRACTED\n#define CONTRACTED\n`;
    expect(compiled(source(without))).toMatch(CONTRACTED);
  });
});
