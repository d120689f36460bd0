import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import type { RunningEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import type { Environment } from './run-config';

/** What a run is made with on this machine: versions, commit, engine, processor. */
export function environmentOf(engine: RunningEngine): Environment {
  const packageFile = join(__dirname, '..', 'package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  return {
    botlab: version,
    commit: currentCommit(),
    node: process.versions.node,
    tfjs: tf.version.tfjs,
    engine: engineText(engine),
    platform: `${platform()} ${arch()}`,
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'} × ${cpus().length}`,
  };
}

/** An engine as a run folder remembers it. */
export function engineText({ name, detail }: RunningEngine): string {
  return `${name} (${detail})`;
}

/** Names of the engines that computed a run, in the order in which they did. */
export function engineNames({ engine, laterEngines = [] }: Environment): string[] {
  return [engine, ...laterEngines].map((text) => text.split(' (')[0]!);
}

/** The commit of the checkout that this code lies in; null outside a checkout, or without git. */
function currentCommit(): string | null {
  if (/[\\/]node_modules[\\/]/.test(__dirname)) return null; // the repository around it is somebody's
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: __dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
