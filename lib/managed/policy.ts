import type { RuleSettings } from '../blacklist/rule-settings.ts';
import { ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import { draftSchema } from '../connections/draft.ts';
import type { Problem } from '../errors.ts';
import { templateSchema } from '../transfer/file.ts';
import { z } from '../zod.ts';
import { FEATURES, type Feature } from './feature.ts';

/** A part of the policy that is left out, and why. */
export interface PolicyProblem {
  /** Where it stands ("connections.1"). */
  readonly entry: string;
  readonly problem: Problem;
}

/** A connection without its key: that is the user's own. */
const presetSchema = z.object({
  ...draftSchema.shape,
  templates: z.array(templateSchema).check(z.maxLength(500)),
});
export type Preset = z.infer<typeof presetSchema>;

export interface Policy {
  readonly connections: ReadonlyArray<{ readonly entry: string; readonly preset: Preset }>;
  /** Those that stand in place of the user's. */
  readonly thresholds: Partial<RuleSettings>;
  readonly forbidden: ReadonlySet<Feature>;
  readonly problems: readonly PolicyProblem[];
}

const thresholdsSchema = z.partial(ruleSettingsSchema);
const record = z.record(z.string(), z.unknown());

/** What may be left out, as it usually is. */
const withUsual = (value: unknown): object => {
  const preset = { name: '', basis: 'visit', templates: [], ...Object(value) };
  if (!Array.isArray(preset.templates)) return preset;
  const none = { campaign: null, adSet: null, ad: null, placement: null };
  return {
    ...preset,
    templates: preset.templates.map((template: unknown) => ({ ...none, ...Object(template) })),
  };
};

/**
 * Reads what an administrator wrote, entry by entry: a wrong one is left out
 * and named, whatever stands beside it holds. Never throws.
 */
export function parsePolicy(raw: unknown): Policy {
  const problems: PolicyProblem[] = [];
  const wrong = (entry: string, field?: PropertyKey) =>
    void problems.push({
      entry: field === undefined ? entry : `${entry}.${String(field)}`,
      problem: { kind: 'input', text: 'managed_wrong' },
    });
  const listOf = (entry: string, value: unknown): unknown[] => {
    if (value !== undefined && !Array.isArray(value)) wrong(entry);
    return Array.isArray(value) ? value : [];
  };
  const objectOf = (entry: string, value: unknown): Record<string, unknown> => {
    const parsed = record.safeParse(value ?? {});
    if (!parsed.success) wrong(entry);
    return parsed.success ? parsed.data : {};
  };

  const { connections, thresholds, forbidden, ...unknown } = objectOf('policy', raw);
  for (const entry of Object.keys(unknown)) wrong(entry);
  const presets = listOf('connections', connections).flatMap((value, index) => {
    const entry = `connections.${index}`;
    const parsed = presetSchema.safeParse(withUsual(value));
    if (parsed.success) return [{ entry, preset: parsed.data }];
    wrong(entry, parsed.error.issues[0]?.path[0]);
    return [];
  });
  const rules = Object.entries(objectOf('thresholds', thresholds)).map(([field, value]) => {
    const parsed = thresholdsSchema.safeParse({ [field]: value });
    const taken = parsed.success && Object.hasOwn(parsed.data, field) ? parsed.data : null;
    if (!taken) wrong('thresholds', field);
    return taken ?? {};
  });
  const features = listOf('forbidden', forbidden).flatMap((value, index) => {
    const feature = FEATURES.find((one) => one === value);
    if (!feature) wrong('forbidden', index);
    return feature ?? [];
  });
  return {
    connections: presets,
    thresholds: Object.assign({}, ...rules),
    forbidden: new Set(features),
    problems,
  };
}
