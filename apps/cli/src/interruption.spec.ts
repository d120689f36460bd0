import { Interrupted, interruptible } from './interruption';

it.each(['SIGINT', 'SIGTERM'] as const)('aborts at %s, and says how to go on', async (name) => {
  const work = interruptible(async (signal) => {
    process.emit(name);
    await Promise.resolve();
    signal.throwIfAborted();
  });
  await expect(work).rejects.toThrow(Interrupted);
  await expect(work).rejects.toThrow(/run the same command again to go on/);
});

it('leaves no listener behind, whatever comes of the work', async () => {
  const before = process.listenerCount('SIGINT');
  expect(await interruptible(() => Promise.resolve(7))).toBe(7);
  await expect(interruptible(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
