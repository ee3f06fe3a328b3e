import type { Figures, Ledger } from './model/ledger.ts';
import { type Answered, type Asked, html, json } from './server.ts';

/** A session cookie, as the trackers' own pages have one. The API never takes it. */
export const SESSION = 'session=simulated';

export const hasSession = ({ headers }: Asked): boolean => (headers.cookie ?? '').includes(SESSION);

/** A page of the app; signs in on the way, as a browser that was there before is signed in. */
export const appPage = (body: string, headers: Record<string, string> = {}): Answered =>
  html(body, { 'Set-Cookie': `${SESSION}; Path=/; SameSite=Lax; HttpOnly`, ...headers });

/** The same page with so many more elements; not drawn, so that what the browser makes of them is not all that can be seen. */
export function bulkyPage(answered: Answered, elements: number): Answered {
  const { body, headers = {} } = answered;
  if (elements === 0 || !body || !/^text\/html/.test(headers['Content-Type'] ?? ''))
    return answered;
  const row = `<div>${'<i></i>'.repeat(9)}</div>`;
  const table = `<section hidden>${row.repeat(Math.ceil(elements / 10))}</section>`;
  return { ...answered, body: body.replace('</body>', `${table}</body>`) };
}

export interface UiRow {
  readonly id: string;
  readonly name: string;
  readonly figures: Figures;
}

/** Rows of all campaigns that a tracker has, for its own pages. */
export function campaignRows(
  ledger: Ledger,
  range: { from: string; to: string },
  idOf: (index: number) => string,
  nameOf: (index: number) => string | null,
): UiRow[] {
  const groups = ledger.group({ ...range, zone: ledger.zone, campaign: null }, (click) =>
    String(click.campaign),
  );
  return ledger.options.campaigns.flatMap((_, index) => {
    const name = nameOf(index);
    const figures = groups.get(String(index));
    return name === null || !figures ? [] : [{ id: idOf(index), name, figures }];
  });
}

/** What the pages' scripts ask of their own server; the API knows nothing of it. */
export function uiData(rows: readonly UiRow[]): Answered {
  return json(
    200,
    rows.map(({ id, name, figures }) => ({
      id,
      name,
      clicks: figures.clicks,
      conversions: figures.conversions,
      cost: figures.cost.toFixed(2),
      revenue: figures.revenue.toFixed(2),
      profit: (figures.revenue - figures.cost).toFixed(2),
    })),
  );
}

/** Days of a query, today in the zone where it says none. */
export function daysIn(
  query: URLSearchParams,
  ledger: Ledger,
  names: readonly [string, string],
): { from: string; to: string } {
  const today = ledger.zone.local(ledger.now()).day;
  return { from: query.get(names[0]) ?? today, to: query.get(names[1]) ?? today };
}

/** Script that fills a table with text nodes: names may hold anything. */
export const FILL_TABLE = `
function fill(table, rows, open) {
  table.replaceChildren();
  for (const row of rows) {
    const line = table.insertRow();
    for (const field of ['id', 'name', 'clicks', 'conversions', 'cost', 'revenue', 'profit']) {
      const cell = line.insertCell();
      cell.className = field;
      if (field === 'name' && open) {
        const link = document.createElement('a');
        link.href = open(row.id);
        link.textContent = row.name;
        cell.append(link);
      } else cell.textContent = row[field];
    }
  }
}`;

export const TABLE = `<table><thead><tr><th>ID<th>Name<th>Clicks<th>Conversions<th>Cost<th>Revenue<th>Profit</tr></thead><tbody id="rows"></tbody></table>`;

/** Some rows of a list; with `shifting` one of those before them went away meanwhile. */
export function pageOf<Row>(
  rows: readonly Row[],
  offset: number,
  limit: number,
  shifting: boolean,
): { shown: readonly Row[]; total: number } {
  const now = shifting && offset > 0 ? rows.slice(1) : rows;
  return { shown: now.slice(offset, offset + limit), total: now.length };
}

/** First parameter that a call does not know. */
export const unknownIn = (query: URLSearchParams, known: readonly string[]): string | undefined =>
  [...query.keys()].find((name) => !known.includes(name.replace(/\[\d*\]$/, '[]')));
