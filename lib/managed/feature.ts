/** Features that an administrator can forbid. */
export const FEATURES = ['costs', 'blacklist', 'export-keys', 'add-connections', 'http'] as const;
export type Feature = (typeof FEATURES)[number];
