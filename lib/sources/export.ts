import type { MessageKey } from '../i18n.ts';
import type { Separator, SourceFormat } from './formats.ts';
import {
  androidApp,
  digits,
  hash32,
  type IdKind,
  type IdRule,
  type ReadId,
  type Refused,
  site,
  storeAddress,
  webAddress,
} from './id-rules.ts';
import { isUnfilled } from './token-check.ts';

/** A placement's id in the tracker, with its verdict. */
export interface Judged {
  readonly id: string;
  readonly cut: boolean;
  /** Is it known to earn? */
  readonly keep: boolean;
}

/** One list to paste: ids of one kind, within the source's limit. */
export interface ListPart<Row> {
  readonly kind: IdKind;
  /** Each id as the source wants it, with what it was made from. The order stays. */
  readonly items: ReadonlyArray<{ readonly id: string; readonly row: Row }>;
  /** In the source's format, without a header or trailing separator. */
  readonly text: string;
}

/** An id that was to be cut and is in no list. */
export interface LeftOut {
  readonly id: string;
  readonly why: MessageKey;
  /** Values of the text: the placement that is kept, or the limit. */
  readonly values: readonly string[];
}

export interface ExportedList<Row> {
  readonly parts: ReadonlyArray<ListPart<Row>>;
  readonly leftOut: readonly LeftOut[];
  /** Does the source have another kind of ids that look the same? */
  readonly kindUntold: boolean;
  /** Kind of the ids, where the token's macro tells it. */
  readonly kind: IdKind | null;
}

export interface ExportOptions {
  /** Ids that no list may block, however they are written. */
  readonly protectedIds?: ReadonlySet<string>;
  /** Ids that the user took from the list: nothing that would block them goes out. */
  readonly unticked?: ReadonlySet<string>;
  /** Kind of the ids, where the token's macro tells it. */
  readonly kind?: IdKind | null;
  readonly separator?: Separator | null;
}

const SEPARATORS = { newline: '\n', comma: ',' } as const;

/** Ids as a list of the source, between separators of its own or the chosen one. */
export const listText = (
  ids: readonly string[],
  format: SourceFormat,
  separator: Separator | null,
): string => ids.join(SEPARATORS[separator ?? format.separator]);

/** A sign that a spreadsheet would run, at the start. */
const FORMULA = /^[=+\-@＝＋－＠﹢﹣－﹦﹫−]/u;
/** Control characters, line breaks, and what nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** How a source's ids are read. */
interface Reader {
  readonly rules: readonly IdRule[];
  /** Are they of the kind that the token's macro tells? */
  readonly told: boolean;
}

/** The rules for ids of a kind; all of the source's if the kind is not known. */
const readerFor = ({ rules }: SourceFormat, kind: IdKind | null | undefined): Reader =>
  kind ? { rules: rules.filter((rule) => rule.kind === kind), told: true } : { rules, told: false };

type Reading = { readonly rule: IdRule; readonly found: ReadId | Refused };

function readId(raw: string, { rules, told }: Reader): Reading | null {
  const text = raw.trim();
  for (const rule of rules) {
    const found = rule.read(text, told);
    if (found) return { rule, found };
  }
  return null;
}

/** `kind` and key, the same for ids that the source cannot tell apart. */
const placeOf = (rule: IdRule, key: string): string => `${rule.kind}\n${key}`;

/**
 * What a placement is at the source: equal for ids that its list cannot tell apart (`www.x.example`
 * and `x.example`), whose figures are judged together. null = an id that the source does not take.
 */
export function placeAt(
  raw: string,
  format: SourceFormat,
  { kind }: ExportOptions = {},
): string | null {
  const reading = readId(raw, readerFor(format, kind));
  return reading?.found.key ? placeOf(reading.rule, reading.found.key) : null;
}

/**
 * Lists for a source from the placements of a campaign, in their order. What leaves is what was
 * judged: an id of another kind, one that the source would block more than, a wildcard and a
 * placeholder stay behind and are named.
 *
 * @param rows all placements, with the most money lost first; ids that `placeAt` calls equal are one row
 */
export function exportList<Row extends Judged>(
  rows: readonly Row[],
  format: SourceFormat,
  options: ExportOptions = {},
): ExportedList<Row> {
  const reader = readerFor(format, options.kind);
  const separator = SEPARATORS[options.separator ?? format.separator];
  const kept = blockersOf(
    rows.flatMap(({ id, keep }) => (keep ? [id] : [])),
    reader,
  );
  const spared = blockersOf(options.protectedIds ?? [], reader);
  const unticked = blockersOf(options.unticked ?? [], reader);
  const lists = new Map<IdKind, Array<{ id: string; row: Row }>>();
  const leftOut: LeftOut[] = [];
  const places = new Set<string>();
  let total = 0;
  let kindUntold = false;

  for (const row of rows) {
    if (!row.cut) continue;
    const leave = (why: MessageKey, ...values: string[]) =>
      leftOut.push({ id: row.id, why, values });
    const reading = readId(row.id, reader);
    if (isUnfilled(row.id)) leave('rejected_empty');
    else if (row.id.includes('*')) leave('rejected_wildcard');
    else if (!reading) leave('rejected_kind');
    else if ('why' in reading.found) leave(reading.found.why);
    else {
      const { rule, found } = reading;
      const place = placeOf(rule, found.key);
      const good = kept.get(place);
      const off = unticked.get(place);
      if (FORMULA.test(found.id) || UNSEEN.test(found.id) || found.id.includes(separator)) {
        leave('rejected_kind');
      } else if (spared.has(place)) leave('rejected_protected');
      else if (good !== undefined) leave('rejected_covers', good);
      else if (off !== undefined) leave('rejected_unticked', off);
      else if (places.has(place)) leave('rejected_twice');
      else if (format.most !== null && total >= format.most) {
        leave('rejected_beyond', String(format.most));
      } else {
        places.add(place);
        total += 1;
        const list = lists.get(rule.kind) ?? [];
        list.push({ id: found.id, row });
        lists.set(rule.kind, list);
        kindUntold ||= reader.rules.some(
          (other) => other.kind !== rule.kind && other.form === rule.form,
        );
      }
    }
  }
  const parts = [...lists].flatMap(([kind, items]) =>
    split(items, format.perList).map((some) => ({
      kind,
      items: some,
      text: some.map(({ id }) => id).join(separator),
    })),
  );
  return { parts, leftOut, kindUntold, kind: options.kind ?? null };
}

/** What `placeAt` calls the ids that would block one of these. */
export const placesThatBlock = (
  ids: Iterable<string>,
  format: SourceFormat,
  { kind }: ExportOptions = {},
): ReadonlySet<string> => new Set(blockersOf(ids, readerFor(format, kind)).keys());

/** Places whose ids would block one of these ids too, each with the first id that it would block. */
function blockersOf(ids: Iterable<string>, reader: Reader): Map<string, string> {
  const places = new Map<string, string>();
  for (const id of ids) {
    const reading = readId(id, reader);
    if (!reading?.found.key) continue;
    for (const key of reading.rule.blockers(reading.found.key)) {
      const place = placeOf(reading.rule, key);
      if (!places.has(place)) places.set(place, id);
    }
  }
  return places;
}

function split<T>(items: readonly T[], size: number | null): T[][] {
  const step = size ?? items.length;
  return Array.from({ length: Math.ceil(items.length / step) }, (_, index) =>
    items.slice(index * step, (index + 1) * step),
  );
}

/** What ids may be that a source does not take, each with the rule that reads it. */
const FORMS: readonly IdRule[] = [
  digits('zone'),
  hash32('publisher'),
  androidApp,
  site(),
  storeAddress,
  webAddress,
];

/** Why a list has nothing in it: what the ids are, and what the source takes. */
export interface NothingToExport {
  readonly count: number;
  /** What most of the ids are; null = nothing in common, or the reason is not their form. */
  readonly are: MessageKey | null;
  readonly wants: readonly MessageKey[];
  /**
   * The kind that the token's macro tells, if the source has no list of such: its ids may look like
   * those of another kind. null = the reason is another.
   */
  readonly kind: IdKind | null;
}

/** @returns null if there is a list, or nothing was to be cut */
export function whyNothing<Row>(
  { parts, leftOut, kind }: ExportedList<Row>,
  format: SourceFormat,
): NothingToExport | null {
  if (parts.length > 0 || leftOut.length === 0) return null;
  const { rules: taken } = readerFor(format, kind);
  const rules = taken.length > 0 ? taken : format.rules;
  const wants = [...new Set(rules.map(({ form }) => form))];
  const wrong = leftOut.filter(({ why }) => why === 'rejected_kind');
  const common = FORMS.find((rule) => {
    const such = wrong.filter(({ id }) => {
      const found = rule.read(id.trim());
      return found && 'id' in found;
    });
    return 2 * such.length > leftOut.length;
  });
  return {
    count: leftOut.length,
    // An id in a form that is wanted was refused for something else.
    are: common && !wants.includes(common.form) ? common.form : null,
    wants,
    kind: taken.length > 0 ? null : kind,
  };
}
