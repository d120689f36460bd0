import { execFileSync } from 'node:child_process';
import { cpus, freemem, totalmem } from 'node:os';
import { describeEngines, isPackage, measureGigaflops, useEngine } from '@botlab/engine';
import { interpreter, interpreters } from './interpreter';

/** One thing looked at. */
export interface Finding {
  readonly subject: string;
  /** Whether it can be used as it is. */
  readonly ok: boolean;
  /** What was found. */
  readonly finding: string;
  /** The command that mends it, where it is not ok. */
  readonly remedy?: string;
}

const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);

/** What a command prints, or undefined where it cannot be run. */
function output(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    }).trim();
  } catch {
    return undefined;
  }
}

function node(): Finding {
  const version = process.versions.node;
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const ok = (major === 20 && minor >= 19) || (major > 20 && major < 25);
  const finding = `${version} (${process.platform} ${process.arch})`;
  if (ok) return { subject: 'Node', ok, finding };
  return {
    subject: 'Node',
    ok,
    finding: `${finding}; expected 20.19 or newer, below 25`,
    remedy: 'install Node 22 from nodejs.org, or: npx -y node@22 apps/cli/bin/botlab.js',
  };
}

function memory(): Finding {
  const ok = totalmem() >= 3.5 * 2 ** 30;
  const finding = `${gigabytes(totalmem())} GiB, ${gigabytes(freemem())} GiB free`;
  if (ok) return { subject: 'memory', ok, finding };
  return {
    subject: 'memory',
    ok,
    finding: `${finding}; the paper profile needs 4 GiB`,
    remedy: 'use --profile quick, or a machine with more memory',
  };
}

function cores(): Finding {
  return {
    subject: 'cores',
    ok: true,
    finding: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  };
}

function python(): Finding {
  const version = output(interpreter(), '--version');
  if (version !== undefined) {
    return { subject: 'Python', ok: true, finding: `${version} (${interpreter()})` };
  }
  return {
    subject: 'Python',
    ok: false,
    finding: 'not found; only the notebooks need it',
    remedy: 'apt-get install python3 python3-venv (Debian, Ubuntu), or python.org',
  };
}

interface JupyterLab {
  readonly python: string;
  readonly version: string;
  /** Where the notebooks' kernel is described, where it is. */
  readonly kernel: string | undefined;
}

/** The JupyterLab of a Python. */
function jupyterLab(python: string): JupyterLab | undefined {
  const version = output(python, '-m', 'jupyterlab', '--version');
  if (version === undefined) return undefined;
  const listed = output(python, '-m', 'jupyter', 'kernelspec', 'list', '--json') ?? '{}';
  return { python, version, kernel: kernelspecs(listed)['tslab'] };
}

function notebooks(): Finding[] {
  const labs = interpreters().flatMap((python) => jupyterLab(python) ?? []);
  const lab = labs.find(({ kernel }) => kernel !== undefined) ?? labs[0];
  const missing = (subject: string, finding: string): Finding => {
    return { subject, ok: false, finding, remedy: 'npm run lab' };
  };
  return [
    lab === undefined
      ? missing('Jupyter', 'no JupyterLab; only the notebooks need it')
      : { subject: 'Jupyter', ok: true, finding: `JupyterLab ${lab.version} (${lab.python})` },
    lab?.kernel === undefined
      ? missing('notebook kernel', 'tslab is not installed')
      : { subject: 'notebook kernel', ok: true, finding: `tslab (${lab.kernel})` },
  ];
}

function kernelspecs(json: string): Record<string, string> {
  const { kernelspecs } = JSON.parse(json) as {
    kernelspecs?: Record<string, { resource_dir: string }>;
  };
  return Object.fromEntries(
    Object.entries(kernelspecs ?? {}).map(([name, spec]) => [name, spec.resource_dir]),
  );
}

const speed = async (): Promise<string> =>
  `${(await measureGigaflops()).toFixed(1)} GFLOPS in a matrix product`;

async function engines(): Promise<Finding[]> {
  const statuses = await describeEngines();
  const { name: chosen } = await useEngine('auto', { measureAnew: true });
  const speeds = new Map([[chosen, await speed()]]);
  for (const { name, available, runsOn } of statuses) {
    if (!available || runsOn !== 'card' || name === chosen) continue;
    await useEngine(name);
    speeds.set(name, await speed());
    await useEngine('auto');
  }
  return statuses.map((status): Finding => {
    const subject = `engine ${status.name}`;
    if (!status.available) {
      return {
        subject,
        ok: false,
        finding: `${status.title}: ${status.reason}`,
        remedy: status.remedy,
      };
    }
    const measured = speeds.has(status.name) ? `, ${speeds.get(status.name)}` : '';
    const auto = status.name === chosen ? '; --engine auto takes it' : '';
    return { subject, ok: true, finding: `${status.title} (${status.detail})${measured}${auto}` };
  });
}

/** Looks at everything that BotLab can use on this machine. */
export async function diagnose(): Promise<Finding[]> {
  // The notebooks stand in a checkout alone, and so does what installs their JupyterLab.
  const ofCheckout = isPackage ? [] : notebooks();
  return [node(), memory(), cores(), ...(await engines()), python(), ...ofCheckout];
}
