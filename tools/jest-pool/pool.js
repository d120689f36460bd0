'use strict';
const { testProjects } = require('./test-projects');

/**
 * The tests of all projects that Nx has no cached result of, in one pool of workers.
 *
 * @returns for each task whether its tests passed; Nx caches those that did
 */
module.exports.default = async function pool(
  { tasks },
  _inputs,
  _overrides,
  { root, projectGraph },
) {
  const ids = Object.keys(tasks);
  const folders = ids.map((id) => projectGraph.nodes[tasks[id].target.project].data.root);
  const results = await testProjects(root, folders);
  return Object.fromEntries(ids.map((id, i) => [id, results[i]]));
};
