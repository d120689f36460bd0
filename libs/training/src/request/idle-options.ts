import type { Estimator } from '../estimators/estimator';
import { flagOf, type RequestOptions } from './request-options';

/** Options that say how networks are trained. */
const OF_NETWORKS = [
  'epochs',
  'batchSize',
  'learningRate',
  'schedule',
  'clipNorm',
] as const satisfies (keyof RequestOptions)[];

type Asked = Pick<RequestOptions, (typeof OF_NETWORKS)[number] | 'validation' | 'patience'>;
type Asking = Pick<Estimator, 'name' | 'kind' | 'watches'>;

/** What to tell a person of options that have no effect on what is trained, or another than one may think. */
export function idleOptions(
  options: Asked,
  { name, kind, watches = false }: Asking,
): readonly string[] {
  if (kind === 'network') return [];
  const idle = OF_NETWORKS.filter((option) => options[option] !== undefined);
  const isWatching = watches && options.patience !== undefined;
  return [
    ...(idle.length > 0
      ? [
          `${idle.map(flagOf).join(', ')}: for networks, without effect on ${name}, whose options are set by --set`,
        ]
      : []),
    ...(options.patience !== undefined && !watches
      ? [`--patience: without effect on ${name}, which does not end early`]
      : []),
    ...(options.validation !== undefined && Number(options.validation) > 0 && !isWatching
      ? [
          `--validation: sets training rows aside that ${name} does not look at${watches ? ' without --patience' : ''}`,
        ]
      : []),
  ];
}
