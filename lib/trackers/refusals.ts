import type { Problem, ProblemKind } from '../errors.ts';
import type { ReadRefusal } from '../http/http.ts';
import type { MessageKey } from '../i18n.ts';

/** The meaning of a tracker's refusal. */
export interface Refusal {
  readonly kind: ProblemKind;
  readonly text?: MessageKey;
  /** Does the text quote the tracker's words? */
  readonly quotes?: true;
}

/** Converts a refusal to a problem. */
export const refused = (
  { kind, text, quotes }: Refusal,
  status: number,
  said: string,
): Problem => ({
  kind,
  status,
  ...(text ? { text } : {}),
  ...(quotes ? { values: [said] } : {}),
  ...(said === '' ? {} : { said }),
});

/**
 * Reads refusals by status, for APIs that refuse in JSON. null = apply the general rules: for statuses
 * not in the table, for a text without the words that it would quote, and for HTML with 401 or 403,
 * which comes from a firewall or another lock and says nothing about the key.
 */
export function refusedByStatus(
  table: Readonly<Record<number, Refusal>>,
  { status, text }: Parameters<ReadRefusal>[0],
  said: string,
): Problem | null {
  const refusal = table[status];
  if (!refusal || (refusal.quotes && said === '')) return null;
  if (text.startsWith('<') && (status === 401 || status === 403)) return null;
  return refused(refusal, status, said);
}
