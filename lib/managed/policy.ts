import { type RuleSettings, ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import { pathsSchema, type SourceTemplate } from '../connections/connection.ts';
import { draftSchema } from '../connections/draft.ts';
import type { Problem } from '../errors.ts';
import { templateSchema } from '../transfer/file.ts';
import { z } from '../zod.ts';
import { FEATURES, type Feature } from './feature.ts';
import {
  type Fields,
  fieldsOf,
  isFields,
  itemsOf,
  known,
  type Report,
  salvage,
  whole,
} from './salvage.ts';

/** A part of the policy that is left out, and why. */
export interface PolicyProblem {
  /** Where it stands ("connections.1.zone"). */
  readonly entry: string;
  readonly problem: Problem;
}

/** A connection without its key: that is the user's own. */
const presetSchema = z.object({
  ...draftSchema.shape,
  templates: z.array(templateSchema).check(z.maxLength(500)),
});
export type Preset = z.infer<typeof presetSchema>;

const thresholdsSchema = z.partial(ruleSettingsSchema);

export interface Policy {
  readonly connections: ReadonlyArray<{ readonly entry: string; readonly preset: Preset }>;
  /** Those that stand in place of the user's. */
  readonly thresholds: Partial<RuleSettings>;
  readonly forbidden: ReadonlySet<Feature>;
  readonly problems: readonly PolicyProblem[];
}

/**
 * Reads what an administrator wrote, value by value: what is good counts, whatever stands beside
 * it; what is not is left out and named. Never throws.
 *
 * Chromium drops a value that is not of the type in `public/managed-schema.json` together with
 * everything around it, and tells nobody. Only a text is told whole, whatever is in it: so a policy
 * may come in `json`, as the text of its JSON. What stands there and what stands beside it both count.
 */
export function parsePolicy(raw: unknown): Policy {
  const problems: PolicyProblem[] = [];
  const report: Report = (entry, text, ...values) =>
    void problems.push({ entry, problem: { kind: 'input', text, values } });

  const { json, ...beside } = fieldsOf(raw ?? {}, 'policy', report);
  const given = json === undefined ? [beside] : [beside, textOf(json, report)];
  const parts = given.map((one) => partsOf(one, report));
  return {
    connections: parts.flatMap(({ connections }) => connections),
    thresholds: Object.assign({}, ...parts.map(({ thresholds }) => thresholds)),
    forbidden: new Set(parts.flatMap(({ forbidden }) => forbidden)),
    problems,
  };
}

/** The policy in a text. One that cannot be read still forbids what it names in quotes. */
function textOf(json: unknown, report: Report): Fields {
  if (typeof json !== 'string') return fieldsOf(json, 'json', report);
  try {
    return fieldsOf(JSON.parse(json), 'json', report);
  } catch (error) {
    report('json', 'managed_json', error instanceof Error ? error.message : '');
    return { forbidden: FEATURES.filter((feature) => json.includes(`"${feature}"`)) };
  }
}

function partsOf(given: Fields, report: Report) {
  const { connections, thresholds, forbidden, ...unknown } = given;
  for (const part of Object.keys(unknown)) {
    report(part, 'managed_unknown', 'connections, thresholds, forbidden');
  }
  return {
    connections: itemsOf(connections, 'connections', report).flatMap((value, index) => {
      const entry = `connections.${index}`;
      const preset = presetOf(value, entry, report);
      return preset ? [{ entry, preset }] : [];
    }),
    thresholds: thresholds === undefined ? {} : thresholdsOf(thresholds, report),
    forbidden: namesOf(forbidden, report).flatMap((name, index) => {
      const word = typeof name === 'string' ? name.trim().toLowerCase() : null;
      const feature = FEATURES.find((one) => one === word);
      if (!feature) report(`forbidden.${index}`, 'managed_unknown', FEATURES.join(', '));
      return feature ?? [];
    }),
  };
}

/** Null where something is missing or wrong without which there is no connection. */
function presetOf(value: unknown, entry: string, report: Report): Preset | null {
  const given = contentOf(value, entry, report);
  if (!given) return null;
  const { paths, templates, ...plain } = given;
  const { paths: _, ...shape } = draftSchema.shape;
  const salvaged = {
    name: '',
    // On another basis than the one that was meant, figures would be wrong.
    ...(plain.basis === undefined ? { basis: 'visit' } : {}),
    ...salvage({ shape }, plain, entry, report),
    // Without those that were meant the key would go to the wrong place: a wrong one is not left out.
    ...(paths === undefined ? {} : { paths: pathsOf(paths, `${entry}.paths`, report) }),
    templates: itemsOf(templates, `${entry}.templates`, report).flatMap(
      (one, index) => templateOf(one, `${entry}.templates.${index}`, report) ?? [],
    ),
  };
  return whole(presetSchema, salvaged, given, entry, report);
}

const pathsOf = (value: unknown, entry: string, report: Report): unknown =>
  isFields(value) ? known(pathsSchema, value, entry, report) : value;

function templateOf(value: unknown, entry: string, report: Report): SourceTemplate | null {
  const given = contentOf(value, entry, report);
  if (!given) return null;
  const none = { campaign: null, adSet: null, ad: null, placement: null };
  const salvaged = { ...none, ...salvage(templateSchema, given, entry, report) };
  return whole(templateSchema, salvaged, given, entry, report);
}

const thresholdsOf = (value: unknown, report: Report) =>
  thresholdsSchema.parse(
    salvage(ruleSettingsSchema, contentOf(value, 'thresholds', report) ?? {}, 'thresholds', report),
  );

/** What is to be forbidden, in whatever form it was written: a restriction holds if it can be read at all. */
function namesOf(forbidden: unknown, report: Report): readonly unknown[] {
  if (typeof forbidden === 'string') return forbidden.split(/[\s,;]+/).filter(Boolean);
  if (!isFields(forbidden)) return itemsOf(forbidden, 'forbidden', report);
  return Object.keys(forbidden).filter((name) => forbidden[name] !== false);
}

/** The fields of an object; null where there are none: of one outside of `json` Chromium leaves the shell. */
function contentOf(value: unknown, entry: string, report: Report): Fields | null {
  const given = fieldsOf(value, entry, report);
  if (Object.keys(given).length > 0) return given;
  if (isFields(value)) report(entry, 'managed_empty');
  return null;
}
