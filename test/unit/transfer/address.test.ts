import { expect, test } from 'vitest';
import { cleanAddress } from '../../../lib/connections/recognise.ts';
import { trackers } from '../../../lib/trackers/index.ts';

/** What a file says of an address is what the adapter made of the pasted one: reading it again must change nothing. */
test.each(
  trackers
    .filter(({ demo }) => !demo)
    .flatMap((tracker) =>
      [tracker.addressExample, 'https://white.example', 'https://white.example:8443'].map(
        (pasted) => [tracker.id, pasted, tracker] as const,
      ),
    ),
)('%s makes the same of its own address: %s', (_, pasted, tracker) => {
  const { removed: __, ...once } = cleanAddress(tracker, pasted);
  const written = once.script ? `${once.api}/${once.script}` : once.api;
  expect(cleanAddress(tracker, written)).toMatchObject(once);
});
