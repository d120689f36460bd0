import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAdapter } from './adapter-search';

/** What adapters say of themselves, as seen on machines that have them. */
const info = (fields: Partial<GPUAdapterInfo> & { isFallbackAdapter?: boolean }): GPUAdapterInfo =>
  ({ vendor: '', architecture: '', device: '', description: '', ...fields }) as GPUAdapterInfo;

it.each([
  [
    info({
      vendor: 'nvidia',
      architecture: 'hopper',
      device: '0x2330',
      description: 'NVIDIA H100',
    }),
    'NVIDIA H100, nvidia hopper',
    false,
  ],
  [info({ vendor: 'intel', architecture: 'gen-12lp' }), 'intel gen-12lp', false],
  [
    info({
      vendor: 'google',
      architecture: 'swiftshader',
      device: 'SwiftShader Device (Subzero)',
      description: 'SwiftShader driver 5.0.0',
    }),
    'SwiftShader driver 5.0.0, SwiftShader Device (Subzero)',
    true,
  ],
  [info({ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }), undefined, true],
  [info({ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }), undefined, true],
  [info({ vendor: 'acme', architecture: 'x', isFallbackAdapter: true }), 'acme x', true],
])('an adapter has a title, and plays a graphics card or is one: %#', (said, title, isSoftware) => {
  const adapter = describeAdapter(said);
  expect(adapter.isSoftware).toBe(isSoftware);
  if (title !== undefined) expect(adapter.title).toBe(title);
});

it('without Dawn, it says so and what mends it', async () => {
  jest.resetModules();
  jest.doMock('./dawn', () => ({ dawnFile: () => undefined }));
  const { searchAdapter } = loadSearch();
  expect(await searchAdapter()).toEqual({
    reason: expect.stringMatching(/^the npm package webgpu is not installed/) as string,
    remedy: expect.stringMatching(/^npm install .*webgpu/) as string,
  });
});

it('a driver that crashes takes a process of its own with it', async () => {
  jest.resetModules();
  const folder = mkdtempSync(join(tmpdir(), 'botlab-'));
  const file = join(folder, 'dawn.cjs');
  writeFileSync(file, "process.kill(process.pid, 'SIGKILL');");
  jest.doMock('./dawn', () => ({ dawnFile: () => file }));
  const { searchAdapter } = loadSearch();
  expect(await searchAdapter()).toMatchObject({
    reason: 'the graphics driver was stopped by SIGKILL',
  });
  rmSync(folder, { recursive: true });
});

it('a driver that fails is told with its error', async () => {
  jest.resetModules();
  jest.doMock('./dawn', () => ({ dawnFile: () => '/nowhere/dawn.node' }));
  const { searchAdapter } = loadSearch();
  expect(await searchAdapter()).toMatchObject({
    reason: "the graphics driver failed (Error: Cannot find module '/nowhere/dawn.node')",
  });
});

/** The module, with what is mocked now. */
function loadSearch(): typeof import('./adapter-search') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- jest mocks what require loads
  return require('./adapter-search') as typeof import('./adapter-search');
}
