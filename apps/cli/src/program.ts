import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addBenchCommand } from './command-line/bench';
import { addCompletionCommand } from './command-line/completion';
import { addDataCommand } from './command-line/data';
import { addDoctorCommand } from './command-line/doctor';
import { addEvaluateCommand } from './command-line/evaluate';
import { addExtractCommand } from './command-line/extract';
import { addModelsCommand } from './command-line/models';
import { addPluginOption } from './command-line/plugin';
import { addReportCommand } from './command-line/report';
import { addSimulateCommand } from './command-line/simulate';
import { addStudyCommand } from './command-line/study';
import { addTable1Command } from './command-line/table1';
import { addTrainCommand } from './command-line/train';

/** The command line: what can be typed after `botlab`. It loads what does the work when that is asked for. */
export function program(): Command {
  const root = new Command('botlab')
    .description('Botnet detection: Res-1DCNN-LSTM on N-BaIoT, reproduced and extended.')
    .version(version(), '--version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: () => {} }); // main prints each error, once
  const addCommands = [
    addTable1Command,
    addStudyCommand,
    addTrainCommand,
    addEvaluateCommand,
    addReportCommand,
    addModelsCommand,
    addDataCommand,
    addExtractCommand,
    addSimulateCommand,
    addBenchCommand,
    addDoctorCommand,
    addCompletionCommand,
  ];
  for (const add of addCommands) add(root);
  addPluginOption(root);
  return root;
}

function version(): string {
  const manifest = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
