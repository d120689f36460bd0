// The page of the site that draws the networks and lists what else Table 1 compares: models-page.cjs FILE
'use strict';
const { writeFileSync } = require('node:fs');
const { CLASSES, FEATURES } = require('@botlab/data');
const { useEngine } = require('@botlab/engine');
const { architectureOf, buildModel, countParameters, parseOptions } = require('@botlab/models');
const { architecture, htmlReport } = require('@botlab/plots');
const { listEstimators } = require('@botlab/training');

const settings = { features: FEATURES.length, classes: CLASSES.length, seed: 1 };

/** @param {Extract<import('@botlab/training').Estimator, { kind: 'network' }>} network */
function drawn({ name, title, summary, definition }) {
  const model = buildModel(definition, settings);
  const weights = countParameters(model).toLocaleString('en');
  const figure = architecture(architectureOf(model));
  model.dispose();
  return {
    heading: title,
    text: `${summary}\n\n${weights} weights for eleven classes. As --models takes it: ${name}.`,
    figures: [figure],
  };
}

/** @param {readonly import('@botlab/training').Estimator[]} others */
function listed(others) {
  const columns = ['model', 'name', 'what it is', 'options'];
  const rows = others.map((estimator) => [
    estimator.title,
    estimator.name,
    estimator.summary,
    Object.keys(parseOptions(estimator)).join(', ') || '–',
  ]);
  return { heading: 'What is no network', table: { columns, rows } };
}

async function write(file) {
  await useEngine('reference');
  const estimators = listEstimators();
  const networks = estimators.filter(({ kind }) => kind === 'network');
  const others = estimators.filter(({ kind }) => kind !== 'network');
  const page = htmlReport({
    title: 'The models',
    subtitle: 'Networks as they are built for 115 features and eleven classes, and their baselines',
    notices: [],
    sections: [...networks.map(drawn), listed(others)],
    generated: new Date(),
  });
  writeFileSync(file, page);
}

void write(process.argv[2]);
