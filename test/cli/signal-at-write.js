'use strict';
// Loaded before the command line (node -r): the process sends itself signals when it comes to write a file, so
// that a test stops it at a place and not at a time. BOTLAB_TEST_SIGNAL is JSON:
// { file: a name's ending, moment: 'half' | 'written' | 'renamed', signals: ['SIGKILL'] }.
const fs = require('node:fs');

const { file, moment, signals } = JSON.parse(process.env.BOTLAB_TEST_SIGNAL);
let sent = false;

function send() {
  if (sent) return;
  sent = true;
  for (const signal of signals) process.kill(process.pid, signal);
}

/** What the open files are called. */
const names = new Map();
const openSync = fs.openSync;
fs.openSync = (path, ...more) => {
  const descriptor = openSync(path, ...more);
  names.set(descriptor, String(path));
  return descriptor;
};

// The name that a file is written under begins with the one that it will have.
const isMeant = (path) => String(path).split('/').at(-1).startsWith(file);

for (const write of ['writeFileSync', 'writeSync']) {
  const original = fs[write];
  fs[write] = (target, content, ...more) => {
    if (moment !== 'half' || sent || !isMeant(names.get(target) ?? target)) {
      return original(target, content, ...more);
    }
    original(target, content.slice(0, Math.ceil(content.length / 2)));
    return send();
  };
}

for (const [owner, rename] of [
  [fs, 'renameSync'],
  [fs.promises, 'rename'],
]) {
  const original = owner[rename];
  owner[rename] = (from, to) => {
    if (moment === 'written' && isMeant(to)) send();
    const renamed = original(from, to);
    if (moment !== 'renamed' || !isMeant(to)) return renamed;
    return renamed === undefined ? send() : renamed.then(send);
  };
}
