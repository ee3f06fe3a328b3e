import { z } from '../zod.ts';

/** Signs that trackers print for "none". */
const NONE = new Set(['', '-', '—', '–', 'n/a', 'nan', 'null', 'undefined']);

/**
 * A figure as trackers write it: a number, or text with separators between
 * thousands, a percent or currency sign ("1 234", "12.5 %", "$1.20", "1.5e-7").
 * A percent sign is dropped, the number kept ("12.5 %" → 12.5).
 *
 * The decimal mark is a point, as in every documented answer; a comma groups
 * thousands, except where it can only be a decimal mark ("1 234,5").
 *
 * @returns null for "none" ("-", "", null, NaN); undefined for text that is no figure
 */
export function parseFigure(value: unknown): number | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return undefined;
  const text = value
    .normalize('NFKC')
    .replace(/[\s\p{Cf}'’]/gu, '')
    .replace(/−/g, '-');
  if (NONE.has(text.toLowerCase())) return null;
  const bare = text.replace(/^([-+]?)[$€£₽₴¥]/u, '$1').replace(/[%$€£₽₴¥]$/u, '');
  const plain = /^[-+]?\d+,\d{1,2}$/.test(bare)
    ? bare.replace(',', '.')
    : /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare)
      ? bare.replaceAll(',', '')
      : bare;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : null;
}

/** {@link parseFigure}, with unreadable text as null: for figures that are nice to have. */
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
