import { type ExportOptions, exportList, type Judged } from '../../../lib/sources/export.ts';
import { formats, type SourceFormat } from '../../../lib/sources/formats.ts';

export const format = (id: string): SourceFormat => {
  const found = formats.find((one) => one.id === id);
  if (!found) throw new Error(`no format ${id}`);
  return found;
};
export const cut = (id: string): Judged => ({ id, cut: true, keep: false });
export const keep = (id: string): Judged => ({ id, cut: false, keep: true });
export const wait = (id: string): Judged => ({ id, cut: false, keep: false });
export const listed = (id: string, ids: readonly string[], options?: ExportOptions) =>
  exportList(ids.map(cut), format(id), options);
/** The lists as texts by kind, and what was left out with its reason. */
export const outcome = (id: string, ids: readonly string[], options?: ExportOptions) => {
  const { parts, leftOut } = listed(id, ids, options);
  return {
    lists: parts.map(({ kind, text }) => `${kind}: ${text}`),
    left: leftOut.map((one) => `${one.id}: ${one.why}`),
  };
};

export const HASH = '0123456789abcdef0123456789ABCDEF';
export const CHANNEL = 'UCabcdefghijklmnopqrstuv';
