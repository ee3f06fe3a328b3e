import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thresholdsSchema } from '../../lib/blacklist/rule-settings.ts';
import { draftSchema } from '../../lib/connections/draft.ts';
import { FEATURES } from '../../lib/managed/feature.ts';
import { parsePolicy } from '../../lib/managed/policy.ts';
import { trackers } from '../../lib/trackers/index.ts';
import { PERMISSIONS } from './permissions.ts';
import { ROOT } from './source-files.ts';

const docOf = (name: string) => readFileSync(join(ROOT, 'docs', name), 'utf8');
/** First cells of the tables below a heading: what stands in backticks there. */
const namesIn = (text: string, heading: string): string[] => {
  const [, section = ''] = `\n${text}`.split(`\n${heading}\n`);
  const [own = ''] = section.split(/\n#+ /);
  return [...own.matchAll(/^\| `([^|]+)` \|/gm)].map(([, name = '']) => name);
};

test('the policy that administrators are shown is taken whole, and has everything in it', () => {
  const [, json = ''] = /```json\n([^`]+)```/.exec(docOf('administrators.md')) ?? [];
  const shown = JSON.parse(json);
  const { connections, thresholds, forbidden, problems } = parsePolicy({ json });
  expect(problems).toEqual([]);
  expect(connections.map(({ preset }) => preset)).toEqual(shown.connections);
  expect(thresholds).toEqual(shown.thresholds);
  expect([...forbidden]).toEqual([...FEATURES]);
});

test('administrators are told of each field, each threshold and each feature', () => {
  const text = docOf('administrators.md');
  const fields = [...Object.keys(draftSchema.shape), 'templates'];
  expect(namesIn(text, '### Connections').sort()).toEqual(fields.sort());
  expect(namesIn(text, '### Thresholds')).toEqual(Object.keys(thresholdsSchema.shape));
  expect(namesIn(text, '### Forbidden')).toEqual([...FEATURES]);
  const row = text.split('\n').find((line) => line.startsWith('| `tracker` |'));
  for (const { id } of trackers.filter(({ demo }) => !demo)) expect(row).toContain(`\`${id}\``);
});

test('users are told what each permission is for', () => {
  expect(namesIn(docOf('permissions.md'), '# Permissions').sort()).toEqual([...PERMISSIONS].sort());
});
