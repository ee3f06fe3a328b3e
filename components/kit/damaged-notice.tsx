import type { Input } from '../../lib/contract/calls.ts';
import { useQuery } from './client.ts';
import { Notice } from './notice.tsx';
import { tn } from './plural.ts';

/** Says how many records of a list cannot be read, if any. */
export function DamagedNotice({ list }: Input<'storage.damaged'>) {
  const count = useQuery('storage.damaged', { list }).value ?? 0;
  if (count === 0) return null;
  return (
    <Notice kind="warn">
      <p data-damaged={list}>{tn('damaged', count)}</p>
    </Notice>
  );
}
