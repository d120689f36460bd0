'use strict';
const first = require('../start');

/** The same as in the folder above, with figures, tables and checks in Chinese. */
function start(engine = 'auto', language = 'zh') {
  return first.start(engine, language);
}

module.exports = { start };
