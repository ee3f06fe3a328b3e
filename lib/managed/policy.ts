import { type Thresholds, thresholdsSchema } from '../blacklist/rule-settings.ts';
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

/** A part of the policy that is not applied, and why. */
export interface PolicyProblem {
  /** Its path ("connections.1.zone"). */
  readonly entry: string;
  readonly problem: Problem;
}

/** A connection without its key, which the user supplies. */
const presetSchema = z.object({
  ...draftSchema.shape,
  templates: z.array(templateSchema).check(z.maxLength(500)),
});
export type Preset = z.infer<typeof presetSchema>;

const someThresholdsSchema = z.partial(thresholdsSchema);

export interface Policy {
  readonly connections: ReadonlyArray<{ readonly entry: string; readonly preset: Preset }>;
  /** Rules that override the user's. */
  readonly thresholds: Partial<Thresholds>;
  readonly forbidden: ReadonlySet<Feature>;
  readonly problems: readonly PolicyProblem[];
}

/**
 * Parses an administrator's policy value by value: valid values are applied, invalid ones are left
 * out and reported. Never throws.
 *
 * Chromium silently drops a value whose type differs from `public/managed-schema.json`, along with
 * everything around it. Only a string always arrives whole, so a policy may also be given as a JSON
 * text in `json`. That and the other properties both apply.
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

/** Parses a policy text. An invalid one still forbids the features that it quotes. */
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

/** null = something essential is missing or invalid. */
function presetOf(value: unknown, entry: string, report: Report): Preset | null {
  const given = contentOf(value, entry, report);
  if (!given) return null;
  const { paths, templates, ...plain } = given;
  const { paths: _, ...shape } = draftSchema.shape;
  const salvaged = {
    name: '',
    // A wrong default would falsify figures, so an invalid basis has none.
    ...(plain.basis === undefined ? { basis: 'visit' } : {}),
    ...salvage({ shape }, plain, entry, report),
    // Without the intended paths the key would go to the wrong place, so invalid ones are not left out.
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

function thresholdsOf(value: unknown, report: Report) {
  const { payout, ...given } = contentOf(value, 'thresholds', report) ?? {};
  // Older policies have one payout for all campaigns, which is right for one offer and one currency.
  if (payout !== undefined && payout !== null) report('thresholds.payout', 'managed_payout');
  return someThresholdsSchema.parse(salvage(thresholdsSchema, given, 'thresholds', report));
}

/** The forbidden features, in whatever form: a restriction applies if it can be read at all. */
function namesOf(forbidden: unknown, report: Report): readonly unknown[] {
  if (typeof forbidden === 'string') return forbidden.split(/[\s,;]+/).filter(Boolean);
  if (!isFields(forbidden)) return itemsOf(forbidden, 'forbidden', report);
  return Object.keys(forbidden).filter((name) => forbidden[name] !== false);
}

/** An object's fields; null = none. Outside `json` Chromium may leave an empty object of an invalid one. */
function contentOf(value: unknown, entry: string, report: Report): Fields | null {
  const given = fieldsOf(value, entry, report);
  if (Object.keys(given).length > 0) return given;
  if (isFields(value)) report(entry, 'managed_empty');
  return null;
}
