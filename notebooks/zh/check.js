'use strict';
module.exports = require('../check');
