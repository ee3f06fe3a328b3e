/** Features that an administrator can forbid. */
export const FEATURES = [
  'costs',
  'pauses',
  'blacklist',
  'export-keys',
  'add-connections',
  'http',
] as const;
export type Feature = (typeof FEATURES)[number];
