import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** Which rooms a room may import: the arrows go one way. */
const may = {
  errors: [],
  random: [],
  text: [],
  files: ['errors'],
  metrics: ['errors', 'random'],
  engine: ['errors'],
  traffic: ['errors', 'random', 'text', 'files'],
  data: ['errors', 'random', 'files', 'traffic'],
  trees: ['errors', 'random', 'files', 'engine'],
  models: ['errors', 'text', 'engine'],
  training: ['errors', 'random', 'text', 'files', 'data', 'engine', 'metrics', 'trees', 'models'],
  bench: ['errors', 'text', 'data', 'engine', 'metrics', 'trees', 'models', 'training'],
  plots: ['errors', 'metrics'],
  report: ['errors', 'text', 'files', 'data', 'metrics', 'models', 'training', 'plots'],
};
const rooms = Object.keys(may);
const arrows = { ...may, cli: rooms, test: [...rooms, 'cli', 'notebooks'], notebooks: rooms };

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '**/node_modules/**',
      '.nx/**',
      '**/*.js',
      '**/*.mjs',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.{ts,mts}'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': import.meta.dirname,
      'import/resolver': { node: { extensions: ['.ts', '.js'] } },
      'boundaries/elements': [
        ...rooms.map((room) => ({ type: room, pattern: `libs/${room}` })),
        { type: 'cli', pattern: 'apps/cli' },
        { type: 'test', pattern: 'test' },
        { type: 'notebooks', pattern: 'notebooks', partialMatch: false }, // and not test/notebooks
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          policies: [
            { allow: { to: { module: { origin: 'core' } } } },
            { allow: { to: { module: { origin: 'external', source: '!@botlab/*' } } } },
            ...Object.entries(arrows).flatMap(([type, to]) => [
              { from: { element: { type } }, allow: { to: { element: { types: { anyOf: to } } } } },
              ...to.map((room) => ({
                from: { element: { type } },
                allow: { to: { module: { source: `@botlab/${room}{,/light,/contract}` } } },
              })),
            ]),
          ],
        },
      ],
      // The command line loads what does a command's work when it is asked for: to print help loads no tfjs.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^\\.\\./commands/'] }],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@botlab/*/*', '!@botlab/*/light', '!@botlab/*/contract'],
              message:
                "Import a room through its doors: '@botlab/ROOM', or its /light or /contract.",
            },
          ],
        },
      ],
    },
  },
);
