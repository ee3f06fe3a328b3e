import { z } from '../zod.ts';

/** How trackers write "none" and a ratio without a denominator. */
const NONE = /^$|^[-—–]\s*%?$|^(n\/a|nan|null|undefined)$|^[-+]?(inf|infinity|∞)\s*%?$/i;
/** Fast path for the most frequent form: a report has a million of them. */
const SIMPLE = /^-?\d{1,15}(\.\d{1,20})?$/;
const SIGN = '[$€£₽₴¥]';
const BEFORE = new RegExp(`^([-+]?)\\s*${SIGN}\\s*`, 'u');
const AFTER = new RegExp(`\\s*(?:%|${SIGN})$`, 'u');

/** Spaces and apostrophes are valid only as thousands separators. */
const SPACED = /^[-+]?\d{1,3}([\s'’]\d{3})+([.,]\d*)?$/;
const COMMAS = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
/** A comma that can only be a decimal separator: a single one, not before a group of three digits. */
const DECIMAL_COMMA = /^[-+]?\d+,\d+$/;
const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/**
 * Parses a figure as trackers write it: a number, or text with thousands separators, a percent or
 * currency sign ("1 234", "12.5 %", "$1.20", "1.5e-7").
 * A percent sign is dropped, the number kept ("12.5 %" → 12.5).
 *
 * The decimal separator is a point, as in every documented answer. A comma separates thousands, unless
 * it can only be a decimal separator ("1 234,5", "0,125").
 *
 * @returns null for "none" ("-", "", null, NaN, ∞); undefined for text that is not a figure
 */
export function parseFigure(value: unknown): number | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return undefined;
  if (SIMPLE.test(value)) return Number(value);
  // NFKC turns no-break and thin spaces into plain ones; \p{Cf} are invisible characters.
  const text = value
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/−/g, '-')
    .trim();
  if (NONE.test(text)) return null;
  const bare = text
    .replace(BEFORE, '$1')
    .replace(AFTER, '')
    .replace(/^([-+])\s+/, '$1');
  const number = Number(plainOf(bare));
  return PLAIN.test(plainOf(bare)) ? (Number.isFinite(number) ? number : null) : undefined;
}

/** Removes thousands separators and uses a decimal point. */
function plainOf(bare: string): string {
  const spaced = SPACED.test(bare);
  const joined = spaced ? bare.replace(/[\s'’]/g, '') : bare;
  if (!spaced && COMMAS.test(joined)) return joined.replaceAll(',', '');
  return DECIMAL_COMMA.test(joined) ? joined.replace(',', '.') : joined;
}

/** {@link parseFigure} with null for unreadable text, for optional figures. */
export function readNumber(value: unknown): number | null {
  return parseFigure(value) ?? null;
}

/** A figure in an answer: number, text or null → number or null; unreadable text is a shape error, never 0. */
export const figure = z.pipe(
  z
    .nullable(z.union([z.number(), z.string()]))
    .check(z.refine((value) => parseFigure(value) !== undefined, { error: 'not a figure' })),
  z.transform((value): number | null => readNumber(value)),
);

/** An id in an answer: number or text → text. */
export const idText = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value): string => String(value)),
);

/** A required id: a listed object is useless without it. */
export const objectId = z.pipe(idText, z.string().check(z.minLength(1)));

/** Text of an answer: text, or a number or null where a version writes it so; absent is ''. */
export const label = z.pipe(
  z.optional(z.nullable(z.union([z.string(), z.number()]))),
  z.transform((value) => (value === undefined || value === null ? '' : String(value))),
);

/** A figure that may be left out. */
export const count = z.optional(figure);

/** Is a tracker's flag set? Flags are booleans, 0 or 1, or text of either. */
export const isTrue = (value: unknown): boolean => [true, 1, '1', 'true'].includes(value as string);

/** A flag in an answer; absent is false. */
export const flag = z.pipe(
  z.optional(z.nullable(z.union([z.boolean(), z.number(), z.string()]))),
  z.transform((value): boolean => isTrue(value)),
);

/** An id for JSON of trackers with numeric ids: digits as a number, everything else as text. */
export const numericId = (id: string): number | string => (/^\d{1,15}$/.test(id) ? Number(id) : id);
