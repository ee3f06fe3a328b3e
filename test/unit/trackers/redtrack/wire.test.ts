import { describe, expect, test } from 'vitest';
import { createHttp } from '../../../../lib/http/client.ts';
import { createPacer } from '../../../../lib/http/pacer.ts';
import type { TrackerAdapter, TrackerClient } from '../../../../lib/trackers/adapter.ts';
import { affise } from '../../../../lib/trackers/affise/adapter.ts';
import { redtrack } from '../../../../lib/trackers/redtrack/adapter.ts';
import { CONNECTION, problemFrom } from '../fake-tracker-client.ts';

const KEY = 'canary-key-1234';

/** An `Ask` over the real lib/http, whose line answers the same to everything. */
function overHttp(adapter: TrackerAdapter, pasted: string, status: number, body: string | null) {
  const requests: Request[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    async sleep(ms: number, signal: AbortSignal) {
      // The time-out of a request must not end it here, so only short waits pass.
      if (ms > 20_000) await new Promise((_, no) => signal.addEventListener('abort', no));
      now += ms;
    },
  };
  const api = adapter.address(new URL(pasted)).api;
  const http = createHttp({
    adapter,
    connection: { id: 'c1', api },
    credentials: async () => ({ key: KEY }),
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return new Response(body, { status });
    },
    clock,
    pacer: createPacer(clock),
    random: () => 0,
  });
  const signal = new AbortController().signal;
  const client: TrackerClient = {
    http,
    connection: CONNECTION,
    signal,
    now: () => 0,
    memory: new Map(),
  };
  return { client, requests };
}

const TODAY = {
  range: { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' },
  groupBy: [],
  filters: [],
};

describe('on the wire', () => {
  test('RedTrack has the key in the query, white-label below /api', async () => {
    const { client, requests } = overHttp(redtrack, 'https://track.brand.com/campaigns', 200, '[]');
    await redtrack.report(client, TODAY);
    const url = new URL(requests[0]?.url ?? '');
    expect(url.origin + url.pathname).toBe('https://track.brand.com/api/report');
    expect(url.searchParams.get('api_key')).toBe(KEY);
  });

  test.each([200, 201, 204])('RedTrack accepts a cost with %i and no body', async (status) => {
    const body = status === 204 ? null : '';
    const { client, requests } = overHttp(redtrack, 'https://app.redtrack.io', status, body);
    await redtrack.setCost?.(client, {
      connection: 'c1',
      campaignId: 'abc',
      campaignName: 'A',
      range: { from: '2026-08-01', to: '2026-08-01', zone: 'Europe/Madrid' },
      mode: 'total',
      amount: 12.5,
      currency: 'USD',
      rate: null,
      token: { slot: 3, value: 'a+b&c' },
      uniqueOnly: false,
    });
    const url = new URL(requests[0]?.url ?? '');
    expect(requests[0]?.method).toBe('POST');
    expect(url.href).toContain('time_from=2026-08-01T00%3A00%3A00%2B02%3A00');
    expect(url.searchParams.get('sub_value')).toBe('a+b&c');
  });

  test('Affise has the key in its header and nowhere else', async () => {
    const answer = JSON.stringify({ status: 1, stats: [], pagination: [] });
    const { client, requests } = overHttp(affise, 'https://net.affise.com/v2/', 200, answer);
    await affise.report(client, TODAY);
    expect(requests[0]?.headers.get('API-Key')).toBe(KEY);
    expect(requests[0]?.url).toContain(
      'https://api-net.affise.com/3.0/stats/custom?slice%5B%5D=year&',
    );
    expect(requests[0]?.url).not.toContain(KEY);
  });

  test.each<[TrackerAdapter, number, string, object]>([
    [redtrack, 401, '{"error":"Unauthorized canary-key-1234"}', { kind: 'auth', status: 401 }],
    [redtrack, 429, '{"error":"too many requests"}', { kind: 'rate', status: 429 }],
    [redtrack, 500, '{"error":"Problem with loading report"}', { kind: 'network', status: 500 }],
    [redtrack, 200, '<html>Sign in</html>', { kind: 'shape' }],
    [redtrack, 200, '{"rows":[]}', { kind: 'shape', field: 'items' }],
    [affise, 200, '{"status":2,"error":"Wrong key canary-key-1234 token"}', { kind: 'auth' }],
    [affise, 403, '{"status":2,"error":"Access denied"}', { kind: 'permission', status: 403 }],
    [affise, 429, '{"status":2,"error":"Too many requests"}', { kind: 'rate', status: 429 }],
    [affise, 200, '{"status":1}', { kind: 'shape', field: 'stats' }],
  ])('$name: %i %s', async (adapter, status, body, expected) => {
    const { client } = overHttp(adapter, 'https://tracker.test/', status, body);
    const problem = await problemFrom(adapter.report(client, TODAY));
    expect(problem).toMatchObject({ ...expected, tracker: adapter.name, call: 'report' });
    expect(JSON.stringify(problem)).not.toContain(KEY);
  });
});
