import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../../lib/connections/connection.ts';
import { trackers } from '../../../../lib/trackers/index.ts';
import { pageRecognisers } from '../../../../lib/trackers/page-recognisers.ts';
import { readPage } from './read-page.ts';

/** What every page of a tracker has at least. */
const { document } = readPage('<select id="date_filter"></select>');
const CONNECTION = {
  id: 'c',
  tracker: '',
  name: '',
  currency: 'USD',
  zone: 'UTC',
  basis: 'visit' as const,
  templates: [],
  order: 0,
  createdAt: 0,
} satisfies Partial<Connection>;

/** What people paste, and what is added below it. */
const ADDRESSES = [
  'https://t.example/',
  'https://t.example:8443/sub/',
  'https://t.example/arm.php?page=Campaigns',
];

describe.each(trackers.map((tracker) => [tracker.id, tracker] as const))('%s', (_, tracker) => {
  test('has the address of a campaign’s page exactly when it says so', () => {
    expect(tracker.campaignPage !== undefined).toBe(tracker.capabilities.campaignPage.can);
  });

  test('sends to a page that its own recogniser takes for that campaign’s', () => {
    const { campaignPage } = tracker;
    if (!campaignPage) return expect(tracker.capabilities.campaignPage.can).toBe(false);
    const page = pageRecognisers.find((one) => one.tracker === tracker.id);
    for (const pasted of ADDRESSES) {
      let cleaned: ReturnType<typeof tracker.address>;
      try {
        cleaned = tracker.address(new URL(pasted));
      } catch {
        // An address that this tracker cannot have.
        continue;
      }
      const { api, pages, script } = cleaned;
      const address = { api, pages: [...pages], ...(script ? { script } : {}) };
      const url = new URL(campaignPage({ ...CONNECTION, ...address }, '71'));
      expect(pages, pasted).toContain(url.origin);
      const seen = page?.recognise({ url, title: '', document, connected: true });
      expect(seen?.campaignId, url.href).toBe('71');
    }
  });
});
