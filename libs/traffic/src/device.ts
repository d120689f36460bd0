/**
 * The nine devices of N-BaIoT in the set's own order: device `DEVICES[i]` is number `i + 1` in the
 * file names of the Kaggle copy. Ennio_Doorbell and Samsung_SNH_1011_N_Webcam have no mirai files.
 *
 * Source: Meidan et al. 2018, table 1.
 */
export const DEVICES = [
  'Danmini_Doorbell',
  'Ecobee_Thermostat',
  'Ennio_Doorbell',
  'Philips_B120N10_Baby_Monitor',
  'Provision_PT_737E_Security_Camera',
  'Provision_PT_838_Security_Camera',
  'Samsung_SNH_1011_N_Webcam',
  'SimpleHome_XCS7_1002_WHT_Security_Camera',
  'SimpleHome_XCS7_1003_WHT_Security_Camera',
] as const;
