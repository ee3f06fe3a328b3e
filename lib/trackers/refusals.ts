import type { Problem, ProblemKind } from '../errors.ts';
import type { ReadRefusal } from '../http/http.ts';
import type { MessageKey } from '../i18n.ts';

/** What a tracker means by a refusal. */
export interface Refusal {
  readonly kind: ProblemKind;
  readonly text?: MessageKey;
  /** The sentence quotes what the tracker said. */
  readonly quotes?: true;
}

/** The problem that a refusal is. */
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
 * The problem by the status of an API that refuses in JSON. Null leaves it to
 * the rules for all trackers: statuses that the table lacks, a sentence without
 * the words that it would quote, and a page with 401 or 403, which comes from
 * some other lock or a firewall and knows no key.
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
