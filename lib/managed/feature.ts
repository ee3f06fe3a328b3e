/** What an administrator may switch off. */
export const FEATURES = ['costs', 'blacklist', 'export-keys', 'add-connections', 'http'] as const;
export type Feature = (typeof FEATURES)[number];
