import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly host: string;
}

export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RecordedRequest extends Asked {
  /** 0 while it is not answered, or when the line was cut. */
  status: number;
}

export type FaultKind =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  /** Cuts the line before anything is done. */
  | 'reset'
  /** Never answers. */
  | 'hang'
  /** Does what was asked and cuts the line before it says so. */
  | 'apply-then-reset'
  /** Does what was asked and never answers. */
  | 'apply-then-hang'
  /** Does what was asked, then fails at saying so. */
  | 'apply-then-500'
  /** A maintenance page. */
  | 'html';

export interface Fault {
  readonly path?: RegExp;
  readonly method?: string;
  /** Default: for good. */
  readonly times?: number;
  readonly how: FaultKind;
}

export const json = (status: number, body: unknown): Answered => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

export const html = (body: string, headers: Record<string, string> = {}): Answered => ({
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
  body,
});

/** Path of a page with nothing on it, where a measured load begins. No tracker has it. */
export const EMPTY_PAGE = '/empty.txt';

const MAINTENANCE = '<!doctype html><title>Maintenance</title><h1>Back soon</h1>';

/**
 * Ways in which a tracker can be difficult for good; faults are for once.
 * - `slow`: every answer takes its time
 * - `flaky`: every second request loses its line, gets 500, or a proxy's page with 502 or 524
 * - `limited`: every second request is one too many (429 with Retry-After)
 * - `storm`: every request is
 * - `read-only`: the key may not write
 * - `old`: an older version, as the documents describe it
 * - `shifting`: rows go away while pages are read
 * - `broken`: PHP writes a warning in front of every answer
 * - `replacing`: marks that are written take the place of all that a token has
 * - `halving`: of marks that are written it keeps half, and says nothing of it
 */
export const MODES = [
  'slow',
  'flaky',
  'limited',
  'storm',
  'read-only',
  'old',
  'shifting',
  'broken',
  'replacing',
  'halving',
] as const;
export type Mode = (typeof MODES)[number];

const PROXY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const LATE_PAGE = '<!doctype html><html><title>524: A timeout occurred</title></html>';
/** As PHP writes it where `display_errors` is on. */
const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key 0 in <b>/var/www/app/report.php</b> on line <b>12</b><br />\n';
const TOO_MANY: FaultKind = {
  status: 429,
  body: '{"error":"Too many requests"}',
  headers: { 'Content-Type': 'application/json', 'Retry-After': '1' },
};

/** What a mode does to the n-th request since it was switched on. */
function faultOfMode(modes: ReadonlySet<Mode>, nth: number): FaultKind | null {
  if (modes.has('storm') || (modes.has('limited') && nth % 2 === 0)) return TOO_MANY;
  if (!modes.has('flaky')) return null;
  if (nth % 2 === 1) return null;
  const cycle: readonly FaultKind[] = [
    'reset',
    { status: 502, body: PROXY_PAGE, headers: { 'Content-Type': 'text/html' } },
    { status: 500, body: 'Internal Server Error' },
    { status: 524, body: LATE_PAGE, headers: { 'Content-Type': 'text/html' } },
  ];
  return cycle[(nth / 2) % cycle.length] ?? null;
}

export interface SimulatorServer {
  readonly modes: Set<Mode>;
  readonly port: number;
  readonly requests: RecordedRequest[];
  fail(fault: Fault): void;
  clearFaults(): void;
  stop(): Promise<void>;
}

/** A server on both loopback addresses: browsers take either for *.localhost. */
export async function startServer(
  port: number,
  isApi: (asked: Asked) => boolean,
  answer: (asked: Asked) => Answered,
  modes: Set<Mode>,
  slowMs: number,
): Promise<SimulatorServer> {
  const requests: RecordedRequest[] = [];
  let nth = 0;
  let faults: Array<{ fault: Fault; left: number }> = [];
  const sockets = new Set<Socket>();

  const faultFor = (asked: Asked): FaultKind | null => {
    const found = faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (!fault.path || fault.path.test(`${asked.path}?${asked.query}`)) &&
        (!fault.method || fault.method === asked.method),
    );
    if (!found) return null;
    found.left -= 1;
    return found.fault.how;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await read(request);
    const record: RecordedRequest = { ...asked, status: 0 };
    const api = isApi(asked);
    if (api) requests.push(record);
    const how = api ? (faultFor(asked) ?? faultOfMode(modes, nth++)) : null;
    if (api && modes.has('slow')) await new Promise((done) => setTimeout(done, slowMs));
    if (how === 'hang') return;
    if (typeof how === 'string' && how.startsWith('apply-')) answer(asked);
    if (how === 'apply-then-hang') return;
    if (how === 'reset' || how === 'apply-then-reset') {
      request.socket.destroy();
      return;
    }
    const answered =
      how === null
        ? safely(asked)
        : how === 'html'
          ? html(MAINTENANCE)
          : how === 'apply-then-500'
            ? { status: 500, body: 'Internal Server Error' }
            : { body: '', ...how };
    const warned = how === null && api && modes.has('broken');
    record.status = answered.status;
    response.writeHead(answered.status, answered.headers);
    response.end(`${warned ? WARNING : ''}${answered.body ?? ''}`);
  };

  const safely = (asked: Asked): Answered => {
    if (asked.path === EMPTY_PAGE) return { status: 200, body: '.' };
    try {
      return answer(asked);
    } catch (error) {
      console.error(`Simulator failed at ${asked.method} ${asked.path}:`, error);
      return { status: 500, body: 'simulator error' };
    }
  };

  const listen = async (address: string, at: number): Promise<Server> => {
    const server = createServer((request, response) => void handle(request, response));
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(at, address, resolve);
    await promise;
    return server;
  };

  const first = await listen('127.0.0.1', port);
  const servers = [first];
  const taken = (first.address() as AddressInfo).port;
  // A machine without IPv6 does without.
  await listen('::1', taken).then(
    (server) => servers.push(server),
    () => {},
  );

  return {
    port: taken,
    requests,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    modes,
    clearFaults: () => {
      faults = [];
      nth = 0;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
      );
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://simulator');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
    host: request.headers.host ?? '',
  };
}

/** JSON of a body, or undefined. */
export function bodyJson({ body }: Asked): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
