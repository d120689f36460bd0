import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ask,
  environmentFolder,
  environmentPython,
  hasModules,
  pythonEnvironment,
  pythons,
} from './python.mjs';
import { refuse, root } from './workspace.mjs';

/** What JupyterLab 4.6 asks for. */
const oldest = [3, 10];

const requirements = join(root, 'notebooks', 'requirements.txt');

/** Says which requirements were installed, or that the folder is not finished. */
const stamp = join(environmentFolder, 'botlab-requirements');
const unfinished = 'unfinished';

const stamped = () => (existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined);
const say = (sentence) => process.stderr.write(`botlab: ${sentence}\n`);

/**
 * Makes .venv, or brings it up to notebooks/requirements.txt, where that is needed; returns its Python.
 * One that was interrupted while it was made is made again. Ends the process with a sentence where it cannot.
 */
export function ensureJupyter() {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (
    stamped() === wanted &&
    hasModules(environmentPython, 'jupyterlab', 'nbclient', 'nbconvert')
  ) {
    return environmentPython;
  }
  const version = ask(environmentPython, versionProgram);
  if (version === undefined || stamped() === unfinished) makeEnvironment();
  else if (isOld(version)) {
    refuse(
      `.venv holds Python ${version}, and JupyterLab needs ${oldest.join('.')} or newer: ` +
        'remove the folder .venv, then run npm run lab again.',
    );
  }
  say('installing JupyterLab into .venv (once) …');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  if (run(environmentPython, [...pip, '--requirement', requirements]) !== 0) {
    refuse(
      'pip could not install notebooks/requirements.txt, see above: check the network and the disk, ' +
        'then run npm run lab again.',
    );
  }
  writeFileSync(stamp, wanted);
  return environmentPython;
}

/** Makes .venv anew, without packages. */
function makeEnvironment() {
  const python = basePython();
  rmSync(environmentFolder, { recursive: true, force: true });
  mkdirSync(environmentFolder);
  writeFileSync(stamp, unfinished);
  if (run(python, ['-m', 'venv', environmentFolder]) === 0) return;
  refuse(
    `${python} -m venv .venv failed, see above: ${installPython}, then run npm run lab again.`,
  );
}

const versionProgram = 'import sys; print("%d.%d" % sys.version_info[:2])';

function isOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

const installPython =
  'install Python 3 with its venv module (Debian, Ubuntu: apt-get install python3 python3-venv; ' +
  'elsewhere: python.org)';

/** A Python that can make an environment for JupyterLab. */
function basePython() {
  let reason = 'there is no Python on the PATH';
  for (const python of pythons().filter((name) => name !== environmentPython)) {
    const version = ask(python, versionProgram);
    if (version === undefined) continue;
    if (isOld(version)) {
      reason = `${python} is Python ${version}, and JupyterLab needs ${oldest.join('.')} or newer`;
    } else if (!hasModules(python, 'venv', 'ensurepip')) {
      reason = `${python} (Python ${version}) has no venv module`;
    } else return python;
  }
  return refuse(
    `The notebooks need Python, and ${reason}: ${installPython}, then run npm run lab again.`,
  );
}

/** Runs a command with what it prints on stderr; returns its exit status. */
function run(command, args) {
  const options = { cwd: root, env: pythonEnvironment(), stdio: ['ignore', 2, 2] };
  return spawnSync(command, args, options).status ?? 1;
}
