import type { Input } from '../../lib/contract/calls.ts';
import { useQuery } from './client.ts';
import { Notice } from './notice.tsx';
import { tn } from './plural.ts';

/** Says beside a list how much of it cannot be read, where that is so. */
export function DamagedNotice({ list }: Input<'storage.damaged'>) {
  const count = useQuery('storage.damaged', { list }).value ?? 0;
  if (count === 0) return null;
  return (
    <Notice kind="warn">
      <p data-damaged={list}>{tn('damaged', count)}</p>
    </Notice>
  );
}
