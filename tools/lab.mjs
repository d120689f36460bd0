// `npm run lab`: JupyterLab on the notebooks, after installing and building what is missing or stale.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureJupyter } from './jupyter-environment.mjs';
import { writeKernelspec } from './notebooks/kernelspec.mjs';
import { environmentFolder, pythonEnvironment } from './python.mjs';
import { checkNode, ensureBuilt, ensureInstalled, refuse, root } from './workspace.mjs';

const usage = `npm run lab                 opens JupyterLab on the notebooks
npm run lab -- --prepare    makes .venv with JupyterLab and the TypeScript kernel, and opens nothing
npm run lab -- --lang zh    opens the notebooks in Chinese, as far as there are
npm run lab -- OPTIONS      passes JupyterLab's own options on, such as --no-browser --port 9999
`;

const [language, args] = languageIn(process.argv.slice(2));
if (args.includes('--help')) process.stdout.write(usage);
else {
  checkNode();
  const python = ensureJupyter();
  ensureInstalled();
  ensureBuilt();
  writeKernelspec(join(environmentFolder, 'share', 'jupyter'));
  if (args.includes('--prepare')) {
    process.stderr.write('botlab: .venv is ready; its kernel is "TypeScript"\n');
  } else open(python);
}

/** What --lang says, or the environment, and the other arguments. */
function languageIn(args) {
  const at = args.findIndex((argument) => /^--lang(=|$)/.test(argument));
  if (at < 0) return [process.env.BOTLAB_LANGUAGE, args];
  const inOne = args[at].includes('=');
  const wanted = inOne ? args[at].split('=')[1] : args[at + 1];
  if (wanted !== 'en' && wanted !== 'zh') {
    refuse(
      `There are no notebooks in the language "${wanted ?? ''}": expected en or zh for --lang.`,
    );
  }
  return [wanted, args.toSpliced(at, inOne ? 1 : 2)];
}

/** Opens JupyterLab, and ends with it. */
function open(python) {
  const notebooks = join(root, 'notebooks');
  const options = [
    `--ServerApp.root_dir=${notebooks}`,
    '--ServerApp.answer_yes=True', // Ctrl-C ends it: the first, and with no question
    `--LabApp.default_url=/lab/tree/${language === 'zh' ? 'zh/' : ''}00-start-here.ipynb`,
    '--MultiKernelManager.default_kernel_name=tslab',
    // In a container root is whoever there is, and JupyterLab wants that said.
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  const jupyter = spawn(python, ['-m', 'jupyterlab', ...options, ...args], {
    cwd: notebooks,
    env: pythonEnvironment({
      ...(language ? { BOTLAB_LANGUAGE: language } : {}),
      ...homelessFolders(),
    }),
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => jupyter.kill(signal));
  }
  jupyter.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

/** Where Jupyter keeps its settings and its list of servers, when the home folder cannot be written. */
function homelessFolders() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const folder = join(tmpdir(), `botlab-${process.getuid?.() ?? 'jupyter'}`, 'jupyter');
    process.stderr.write(
      `botlab: ${homedir()} cannot be written; Jupyter keeps its files in ${folder}\n`,
    );
    const inside = (name) => join(folder, name);
    return {
      JUPYTER_CONFIG_DIR: inside('config'),
      JUPYTER_DATA_DIR: inside('data'),
      JUPYTER_RUNTIME_DIR: inside('runtime'),
      IPYTHONDIR: inside('ipython'),
    };
  }
}
