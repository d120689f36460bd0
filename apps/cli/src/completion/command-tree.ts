import type { Argument, Command, Option } from 'commander';

/** What may stand in a place: one of some words, the name of a file, or what no shell can guess; undefined: nothing. */
export type Value = readonly string[] | 'file' | 'text' | undefined;

/** An option as a shell completes it. */
export interface CompletedOption {
  /** Its names, such as "-o" and "--out". */
  readonly flags: readonly string[];
  readonly description: string;
  readonly value: Value;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** The words that lead to it, such as "botlab data info". */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** Those that may follow it. */
  readonly commands: readonly CompletedCommand[];
  readonly options: readonly CompletedOption[];
  /** What stands there beside options; of several the first. */
  readonly argument: Value;
}

/** What can be typed from a command on, by commander's own account of it. */
export function commandTree(command: Command, before: readonly string[] = []): CompletedCommand {
  const help = command.createHelp();
  const words = [...before, command.name()];
  return {
    path: words.join(' '),
    name: command.name(),
    description: brief(command.description()),
    commands: command.commands.map((inner) => commandTree(inner, words)),
    options: help.visibleOptions(command).map((option) => ({
      flags: option.flags.split(/[ ,|]+/).filter((word) => word.startsWith('-')),
      description: brief(option.description),
      value: valueOf(option),
    })),
    argument: argumentOf(command.registeredArguments[0]),
  };
}

/** A command and all below it. */
export function allCommands(command: CompletedCommand): CompletedCommand[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** What options hold by the name of their value. */
const FILES = /<(?:file|dir)\b/;

function valueOf(option: Option): Value {
  if (!option.required && !option.optional) return undefined;
  return option.argChoices ?? (FILES.test(option.flags) ? 'file' : 'text');
}

function argumentOf(argument: Argument | undefined): Value {
  if (argument === undefined) return undefined;
  return argument.argChoices ?? (argument.name() === 'model' ? 'text' : 'file');
}

/** The beginning of a description, which has a line of a list to itself. */
function brief(description: string): string {
  return description.split(/; | \(|, such as/)[0]!.trim();
}
