import { SYNTHETIC_MARKER } from '@botlab/traffic';

/**
 * Whether a file is one of those about the data that come with it: UCI's and Kaggle's own extras, and
 * what any folder has.
 */
export function isDocumentation(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    name === SYNTHETIC_MARKER ||
    /^(readme|licen[cs]e|citation|changelog)\b/i.test(name) ||
    /^(N_BaIoT_dataset_description_v\d+\.txt|demonstrate_structure\.csv)$/i.test(path) ||
    /^(data_summary|device_info|features)\.csv$/i.test(path)
  );
}
