import type { Command } from 'commander';
import type { Options } from '../commands/doctor';
import { jsonOption } from '../options';

const work = () => require('../commands/doctor') as typeof import('../commands/doctor');

/** `botlab doctor`: what can run here, and what mends the rest. */
export function addDoctorCommand(root: Command): void {
  root
    .command('doctor')
    .description('say what can run on this machine, and which command mends what cannot')
    .addOption(jsonOption())
    .action((options: Options) => work().run(options));
}
