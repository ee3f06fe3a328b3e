import type { ComparedOffer } from '../../lib/compare/offer-comparison.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { SideNames } from '../kit/causes.tsx';

/** What sends to an offer, the only tracker or all of them, and the network that it is held against. */
export function offerNames(
  { senders }: Pick<ComparedOffer, 'senders'>,
  network: number,
  connections: readonly ConnectionView[],
): SideNames {
  const [only, ...others] = new Set(senders.map(({ connection }) => connection));
  const sender = others.length === 0 ? connections.find(({ id }) => id === only) : undefined;
  return { base: sender?.name ?? t('yourTrackers'), other: connections[network]?.name ?? '' };
}
