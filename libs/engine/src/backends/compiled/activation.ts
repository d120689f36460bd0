import type { Host } from './host';

/** An activation as kernels take it; −1 if they have none of that name. */
export function activationCode(host: Host, name: unknown): number {
  const names: readonly unknown[] = host.vocabulary.order('activation');
  return names.indexOf(name ?? 'linear');
}
