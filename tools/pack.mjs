// `npm run pack`: every library and the command line as packages to install or publish, out/packages/*.tgz.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, npm, projects, refuse, root } from './workspace.mjs';

const options = {
  /** Version of all packages; that of the checkout where left out. */
  version: { type: 'string' },
  /** The folder for them. */
  out: { type: 'string', default: join('out', 'packages') },
};
const { values } = (() => {
  try {
    return parseArgs({ options });
  } catch (error) {
    return refuse(
      `${error.message.split('. ')[0]}; npm run pack takes -- --version X.Y.Z and --out DIR.`,
    );
  }
})();
if (values.version !== undefined && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(values.version)) {
  refuse(`cannot pack version "${values.version}": expected one such as 0.1.0.`);
}

const readJSON = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** What a package's manifest has of the room's own. */
const KEPT = [
  ...['name', 'version', 'description', 'license', 'main', 'types', 'bin', 'exports', 'files'],
  ...['dependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta'],
];

/** What is done where a package is installed: the kernels are compiled for that machine's processor, if it can. */
const INSTALL = { '@botlab/engine': 'node scripts/compile-native.mjs' };

/** A room's manifest as a package has it. */
function manifestOf(room) {
  const own = readJSON(room, 'package.json');
  const { engines } = readJSON(root, 'package.json');
  const manifest = Object.fromEntries(
    KEPT.filter((key) => key in own).map((key) => [key, own[key]]),
  );
  const version = values.version ?? own.version;
  const dependencies = Object.entries(own.dependencies ?? {}).map(([name, range]) => [
    name,
    name.startsWith('@botlab/') ? version : range,
  ]);
  return {
    ...manifest,
    ...{ version, engines, dependencies: Object.fromEntries(dependencies) },
    ...(own.name in INSTALL ? { scripts: { install: INSTALL[own.name] } } : {}),
    publishConfig: { access: 'public' },
  };
}

/** Whether a file of dist is what the compiler made of a source that is there. */
function isBuilt(room, path) {
  const name = /^dist\/(.*?)(?:\.d)?\.(m?)(?:js|ts)$/.exec(path);
  return name !== null && existsSync(join(room, 'src', `${name[1]}.${name[2]}ts`));
}

/** Runs npm pack, and returns what it prints. */
function pack(...args) {
  const [program, words] = npm(['pack', '--ignore-scripts', ...args]);
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 2], maxBuffer: 2 ** 26 };
  const { status, stdout } = spawnSync(program, words, options);
  if (status !== 0) refuse('npm pack failed, see above.');
  return stdout;
}

/** The files of each room that npm would pack, by their paths in it; by the package's name. */
function filesOf(rooms) {
  const found = JSON.parse(pack('--dry-run', '--json', '--loglevel=error', ...rooms));
  return new Map(found.map(({ name, files }) => [name, files.map(({ path }) => path)]));
}

/** Copies what belongs into a room's package to a folder. */
function stage(room, filesByName, folder) {
  const manifest = manifestOf(room);
  for (const path of filesByName.get(manifest.name)) {
    if (/\.spec\.|\.map$|__pycache__/.test(path)) continue;
    if (path.startsWith('dist/') && !isBuilt(room, path)) continue;
    cpSync(join(room, path), join(folder, path));
  }
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

ensureInstalled();
ensureBuilt();
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const out = resolve(values.out);
const staging = mkdtempSync(join(tmpdir(), 'botlab-pack-'));
mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) if (/^botlab-.*\.tgz$/.test(name)) rmSync(join(out, name));
try {
  const rooms = projects();
  const files = filesOf(rooms);
  const folders = rooms.map((room, i) => {
    const folder = join(staging, String(i));
    stage(room, files, folder);
    return folder;
  });
  process.stdout.write(pack('--silent', '--pack-destination', out, ...folders));
} finally {
  rmSync(staging, { recursive: true });
}
