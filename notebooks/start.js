'use strict';
// JavaScript, which the kernel takes as it is: it must run where nothing is built, on any Node, and for
// notebooks in folders below this one, whose TypeScript the kernel does not compile from here.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { inspect } = require('node:util');

/** @type {typeof import('./start').start} */
async function start(engine = 'auto', language = process.env.BOTLAB_LANGUAGE) {
  checkNode();
  checkBuilt();
  // Escape codes of colours would be stored in the outputs.
  delete process.env.FORCE_COLOR;
  process.env.NO_COLOR = '1';
  if (language) speak(language);
  const { name, title, detail, gigaflops } = await use(engine);
  const digits = gigaflops < 10 ? 1 : 0;
  console.log(
    `engine ${name}: ${title}, ${detail}; ${gigaflops.toFixed(digits)} GFLOPS in a matrix product`,
  );
  // Here, so that no other cell takes it away when its output is replaced.
  require('@botlab/plots').loadPlotly();
}

/**
 * Sets the language of figures and tables, and of what checks answers.
 *
 * @param {string} language
 */
function speak(language) {
  try {
    require('@botlab/plots').setLanguage(language);
  } catch (error) {
    throw sentence(error.message);
  }
  process.env.BOTLAB_LANGUAGE = language;
}

/**
 * Uses the engine of this name, and measures it.
 *
 * @param {string} wanted
 */
async function use(wanted) {
  const { useEngine, measureGigaflops } = require('@botlab/engine');
  try {
    return { ...(await useEngine(wanted)), gigaflops: await measureGigaflops() };
  } catch (error) {
    throw error.name === 'InputError' ? sentence(error.message) : error;
  }
}

/**
 * An error that prints as its message alone: a reader can mend it, and needs no stack trace.
 *
 * @param {string} message
 */
function sentence(message) {
  return Object.assign(new Error(message), { [inspect.custom]: () => message });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 ? major < 25 : major === 20 && minor >= 19) return;
  throw sentence(
    `Node ${process.versions.node} cannot run this notebook: install Node 22 from nodejs.org ` +
      '(20.19 to 24 will do), run npm run lab, then restart the kernel.',
  );
}

/** Fails where a library's main file is missing. */
function checkBuilt() {
  const libraries = librariesAbove(__dirname);
  const unbuilt = readdirSync(libraries).filter((name) => {
    const description = join(libraries, name, 'package.json');
    if (!existsSync(description)) return false;
    const { main } = JSON.parse(readFileSync(description, 'utf8'));
    return !existsSync(join(libraries, name, main));
  });
  if (unbuilt.length === 0) return;
  throw sentence(
    `The libraries are not built (${unbuilt.map((name) => `@botlab/${name}`).join(', ')}): ` +
      "run npm run build in the checkout's top folder, then restart the kernel.",
  );
}

/**
 * The libraries of the checkout that a folder is in.
 *
 * @param {string} folder
 * @returns {string}
 */
function librariesAbove(folder) {
  const libraries = join(folder, 'libs');
  if (existsSync(libraries)) return libraries;
  const above = dirname(folder);
  if (above !== folder) return librariesAbove(above);
  throw sentence(
    `${__dirname} lies in no checkout of BotLab: put the notebooks into a folder of one, then restart the kernel.`,
  );
}

module.exports = { start };
