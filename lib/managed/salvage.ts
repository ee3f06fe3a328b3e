import type { MessageKey } from '../i18n.ts';
import { z } from '../zod.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Receives the path of a part that is left out, and the reason. */
export type Report = (entry: string, text: MessageKey, ...values: string[]) => void;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object's fields; anything else has none and is reported. */
export function fieldsOf(value: unknown, entry: string, report: Report): Fields {
  if (isFields(value)) return value;
  report(entry, 'managed_wrong', 'object');
  return {};
}

/** A list's items; an absent list has none, anything else is reported. */
export function itemsOf(value: unknown, entry: string, report: Report): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value !== undefined) report(entry, 'managed_wrong', 'array');
  return [];
}

type Shaped = { readonly shape: Readonly<Record<string, z.core.$ZodType>> };

/** The fields that a schema knows, with any values; unknown ones are reported. */
export function known({ shape }: Shaped, given: Fields, entry: string, report: Report): Fields {
  const all = Object.entries(given).filter(([field]) => {
    if (Object.hasOwn(shape, field)) return true;
    report(`${entry}.${field}`, 'managed_unknown', Object.keys(shape).join(', '));
    return false;
  });
  return Object.fromEntries(all);
}

/** The fields that a schema accepts; all others are reported. */
export function salvage(schema: Shaped, given: Fields, entry: string, report: Report): Fields {
  const all = Object.entries(known(schema, given, entry, report)).filter(([field, value]) => {
    const one = schema.shape[field];
    const issue = one && z.safeParse(one, value).error?.issues[0];
    if (issue) report(`${entry}.${field}`, 'managed_wrong', wanted(issue));
    return !issue;
  });
  return Object.fromEntries(all);
}

/**
 * Parses salvaged fields as a whole; null = something is missing.
 * @param given the original fields; those that were not salvaged have been reported already
 */
export function whole<T>(
  schema: z.ZodMiniType<T>,
  salvaged: Fields,
  given: Fields,
  entry: string,
  report: Report,
): T | null {
  const { data, error } = schema.safeParse(salvaged);
  for (const issue of error?.issues ?? []) {
    const at = [entry, ...issue.path].join('.');
    const field = String(issue.path[0]);
    if (Object.hasOwn(salvaged, field)) report(at, 'managed_wrong', wanted(issue));
    else if (!Object.hasOwn(given, field)) report(at, 'managed_missing');
  }
  return data ?? null;
}

/** The expected value in JSON terms that need no translation: `number`, `≥ 0.5`, `visit | postback`. */
function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'integer' : issue.expected;
    case 'invalid_value':
      return issue.values.join(' | ');
    case 'invalid_format':
      return issue.pattern ?? issue.format;
    case 'too_small':
      return `${issue.inclusive ? '≥' : '>'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive ? '≤' : '<'} ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return issue.message;
  }
}

const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : '');
