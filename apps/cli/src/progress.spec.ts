import { TrainingProgress } from './progress';

it('says on stderr, without a terminal too, when a run goes on after the loss of a device', () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { onRecovery } = new TrainingProgress();
  onRecovery('The device was lost; going on.');
  expect(write.mock.calls).toEqual([['The device was lost; going on.\n']]);
  write.mockRestore();
});
