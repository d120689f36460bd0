'use strict';
const first = require('../start');

/** The same as in the folder above, with figures, tables and checks in Chinese. */
function start(engine = 'auto', language = 'zh') {
  process.env.BOTLAB_LANGUAGE = language;
  return first.start(engine, language);
}

module.exports = { start };
