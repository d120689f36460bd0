'use strict';
// What looks at the answers to exercises. JavaScript, for the reason that start.js is.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const phrases = {
  en: {
    open: (number) => `Exercise ${number}: no answer yet.`,
    wrong: (number, hint) => `Exercise ${number}: not yet. ${hint}`,
    right: (number) => `Exercise ${number}: right.`,
  },
  zh: {
    open: (number) => `练习 ${number}：还没有答案。`,
    wrong: (number, hint) => `练习 ${number}：还不对。${hint}`,
    right: (number) => `练习 ${number}：正确。`,
  },
};

/** @type {typeof import('./check').check} */
function check(exercise, answer, given) {
  const [chapter, number] = exercise.split('.');
  const file = join(__dirname, 'checks', `${chapter}.js`);
  const test = existsSync(file) ? require(file)[number] : undefined;
  if (test === undefined) throw new Error(`there is no exercise ${exercise}`);
  const language = process.env.BOTLAB_LANGUAGE === 'zh' ? 'zh' : 'en';
  const say = phrases[language];
  if (answer === undefined) {
    console.log(say.open(number));
    return false;
  }
  const hint = test(answer, given);
  console.log(hint === undefined ? say.right(number) : say.wrong(number, hint[language]));
  return hint === undefined;
}

module.exports = { check };
