// `npm run pack`: every library and the command line as packages to install or publish, out/packages/*.tgz.
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
import { join, relative, resolve } from 'node:path';
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
const KEPT =
  'name version description license main types bin exports files dependencies optionalDependencies peerDependencies peerDependenciesMeta'.split(
    ' ',
  );

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
  const name = /^dist\/(.*?)(?:\.d)?\.(m?)(?:js|ts)$/.exec(path.replaceAll('\\', '/'));
  return name !== null && existsSync(join(room, 'src', `${name[1]}.${name[2]}ts`));
}

/** Copies what belongs into a room's package to a folder. */
function stage(room, folder) {
  const manifest = manifestOf(room);
  for (const name of manifest.files) {
    cpSync(join(room, name), join(folder, name), {
      recursive: true,
      filter: (file) => {
        const path = relative(room, file);
        if (path.includes('__pycache__') || /\.spec\.|\.map$/.test(path)) return false;
        return !/^dist[\\/].*\.\w+$/.test(path) || isBuilt(room, path);
      },
    });
  }
  cpSync(join(room, 'README.md'), join(folder, 'README.md'));
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
  const folders = projects().map((room, i) => {
    const folder = join(staging, String(i));
    mkdirSync(folder);
    stage(room, folder);
    return folder;
  });
  if (npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', out, ...folders]) !== 0) {
    refuse('npm pack failed, see above.');
  }
} finally {
  rmSync(staging, { recursive: true });
}
