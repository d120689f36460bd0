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

/**
 * What is wrong with an answer, in both languages; `undefined` where nothing is.
 *
 * @param {string} exercise
 * @param {unknown} answer
 * @param {unknown} given
 */
function faultOf(exercise, answer, given) {
  const [chapter, number] = exercise.split('.');
  const file = join(__dirname, 'checks', `${chapter}.js`);
  const test = existsSync(file) ? require(file)[number] : undefined;
  if (test === undefined) throw new Error(`there is no exercise ${exercise}`);
  return answer === undefined ? undefined : test(answer, given);
}

/** @type {typeof import('./check').check} */
function check(exercise, answer, given) {
  const hint = faultOf(exercise, answer, given);
  const [, number] = exercise.split('.');
  const language = process.env.BOTLAB_LANGUAGE === 'zh' ? 'zh' : 'en';
  const say = phrases[language];
  if (answer === undefined) console.log(say.open(number));
  else if (hint === undefined) console.log(say.right(number));
  else console.log(say.wrong(number, hint[language]));
}

/** @type {typeof import('./check').isRight} */
function isRight(exercise, answer, given) {
  return answer !== undefined && faultOf(exercise, answer, given) === undefined;
}

module.exports = { check, isRight };
