import type { Named } from './proposals.ts';

/** An offer with the address that its clicks are sent to; absent = it is not told. */
export interface Addressed extends Named {
  readonly url?: string | undefined;
}

interface Place {
  readonly of: Addressed;
  /** Host and path. */
  readonly at: string;
  /** Parameters, each with its value. */
  readonly parameters: ReadonlySet<string>;
}

/**
 * The offers of a tracker that send to an offer of a network: to the same host and path, with every
 * parameter that the network's own link has. What the tracker adds (click ids, subs) does not matter,
 * nor do the scheme and the order.
 */
export function matchAddresses<A extends Addressed, B extends Addressed>(
  ofTracker: readonly A[],
  ofNetwork: readonly B[],
): Array<{ readonly a: A; readonly b: B }> {
  const theirs = ofNetwork.flatMap((of) => placesOf(of).map((place) => ({ ...place, of })));
  const holders = new Map<string, number>();
  for (const key of theirs.flatMap(keysOf)) holders.set(key, (holders.get(key) ?? 0) + 1);
  // Each under its rarest parameter, as all links of a network have some in common.
  const index = Map.groupBy(theirs, (place) =>
    keysOf(place).reduce((rarest, key) =>
      (holders.get(key) ?? 0) < (holders.get(rarest) ?? 0) ? key : rarest,
    ),
  );
  return ofTracker.flatMap((a) =>
    placesOf(a).flatMap((place) =>
      [place.at, ...keysOf(place)]
        .flatMap((key) => index.get(key) ?? [])
        .filter(({ parameters }) => parameters.isSubsetOf(place.parameters))
        .map(({ of }) => ({ a, b: of })),
    ),
  );
}

const keysOf = ({ at, parameters }: Place): string[] =>
  parameters.size === 0 ? [at] : [...parameters].map((one) => `${at} ${one}`);

function placesOf(of: Addressed): Place[] {
  const url = URL.parse(of.url ?? '');
  if (!url) return [];
  const parameters = new Set([...url.searchParams].map(([name, value]) => `${name}=${value}`));
  return [{ of, at: url.host + url.pathname.replace(/\/$/, ''), parameters }];
}
