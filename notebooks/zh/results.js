'use strict';
module.exports = require('../results');
