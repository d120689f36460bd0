'use strict';
const { testProjects } = require('./test-projects');

/** The tests of one project, where Nx is asked not to run its tasks in a batch. */
module.exports.default = async function oneProject(_options, { root, projectName, projectGraph }) {
  const [result] = await testProjects(root, [projectGraph.nodes[projectName].data.root]);
  return { success: result.success };
};
