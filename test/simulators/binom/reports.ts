import {
  type CampaignModel,
  campaignIdOf,
  OFFERS,
  offerIdOf,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import { type Figures, type Ledger, noFigures, type Slice } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';

type Field = (click: Click, day: string, hour: number) => string;

/** Binom API page, "Groupings": those that the model has values for; the others exist and are empty. */
const GROUPS: Readonly<Record<number, Field>> = {
  2: () => 'Path 1',
  3: (click) => OFFERS[click.offer]?.name ?? '',
  4: () => 'Main lander',
  10: (click) => click.device,
  15: (click) => click.browser,
  17: (click) => click.os,
  19: (click) => click.country,
  26: (_, __, hour) => String(hour).padStart(2, '0'),
  31: (_, day) => day,
  27: (click) => click.sourceCampaign,
  282: (click) => click.placement,
  283: (click) => click.ad,
};
const OTHER_GROUPS = new Set([
  5, 6, 7, 8, 9, 11, 12, 13, 14, 16, 18, 21, 22, 23, 24, 25, 29, 30, 284, 285, 286, 287, 288, 289,
  290,
]);

export const groupField = (group: number): Field | undefined =>
  GROUPS[group] ?? (OTHER_GROUPS.has(group) ? () => 'Unknown' : undefined);

/** Token of a click by its number, as `token_number` names it. */
export const TOKENS: Readonly<Record<number, 'sourceCampaign' | 'placement' | 'ad'>> = {
  1: 'sourceCampaign',
  2: 'placement',
  3: 'ad',
};

/** "There are separators between digits of numbers", as on the screen; "-" for none. */
export const printed = (value: number, places = 0): string => {
  const [whole = '0', rest] = Math.abs(value).toFixed(places).split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${value < 0 ? '-' : ''}${spaced}${rest ? `.${rest}` : ''}`;
};
const percent = (upper: number, lower: number): string =>
  lower === 0 ? '-' : `${printed((upper / lower) * 100, 2)} %`;

/** Binom API page, campaign fields. */
export function campaignObject(
  index: number,
  { source, names, cpc }: CampaignModel,
  figures: Figures = noFigures(),
) {
  const { clicks, landerViews, landerClicks, conversions, revenue, cost, bots } = figures;
  return {
    id: campaignIdOf.binom(index),
    status: '1',
    name: names.binom ?? '',
    date_cr: '1470000000',
    keyword: `key${index}`,
    group_id: '1',
    group_name: 'All',
    ts_name: SOURCES[source]?.name ?? '',
    ts_id: sourceIdOf.binom(source),
    start_date: '1470000000',
    clicks: printed(clicks),
    bots: String(bots),
    profit: printed(revenue - cost, 2),
    lp_ctr: percent(landerClicks, landerViews),
    leads: printed(conversions),
    cr: percent(conversions, clicks),
    epc: clicks === 0 ? '-' : (revenue / clicks).toFixed(4),
    cpc: clicks === 0 ? '-' : (cost / clicks).toFixed(4),
    revenue: printed(revenue, 2),
    landing_clicks: printed(landerViews),
    offer_clicks: printed(landerClicks),
    is_note: '0',
    current_cpc: cpc.toFixed(4),
    auto_cpc: '0',
    url: `https://click.example/click.php?key=key${index}`,
  };
}

/** Binom API page, "API (changes)": the columns of campaigns up to 1.8. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  ts_name: 'ts',
  lp_ctr: 'LP_CTR',
  cr: 'CR',
  epc: 'EPC',
  cpc: 'CPC',
  revenue: 'rev',
  landing_clicks: 'lp_cl',
  offer_clicks: 'off_cl',
  is_note: 'note',
  url: 'link',
};

export const oldCampaign = (row: object, { cost }: Figures = noFigures()) => ({
  ...Object.fromEntries(
    Object.entries(row).map(([name, value]) => [OLD_NAMES[name] ?? name, value]),
  ),
  spend: printed(cost, 5),
});

interface Node {
  readonly name: string;
  readonly figures: Figures;
  readonly children: Map<string, Node>;
}

/** Rows of a report: a tree in order, each with its level; biggest first. */
export function statRows(
  ledger: Ledger,
  campaign: number,
  span: Omit<Slice, 'campaign'>,
  groups: readonly number[],
  { filter, old }: { filter: (figures: Figures) => boolean; old: boolean },
) {
  const fields = groups.map((group) => groupField(group) ?? (() => ''));
  const root: Node = { name: '', figures: noFigures(), children: new Map() };
  const leaves = ledger.group({ ...span, campaign }, (click, day, hour) =>
    JSON.stringify(fields.map((field) => field(click, day, hour))),
  );
  for (const [key, figures] of leaves) {
    let node = root;
    for (const name of JSON.parse(key) as string[]) {
      let child = node.children.get(name);
      if (!child) {
        child = { name, figures: noFigures(), children: new Map() };
        node.children.set(name, child);
      }
      node = child;
      for (const field of Object.keys(figures) as Array<keyof Figures>) {
        node.figures[field] += figures[field];
      }
    }
  }
  const rows: object[] = [];
  const walk = (node: Node, level: number) => {
    const ordered = [...node.children.values()].sort((a, b) => b.figures.clicks - a.figures.clicks);
    for (const child of ordered.filter(({ figures }) => level > 1 || filter(figures))) {
      rows.push(statRow(child.name, child.figures, level, groups[level - 1] ?? 1, old));
      walk(child, level + 1);
    }
  };
  walk(root, 1);
  return rows;
}

function statRow(name: string, figures: Figures, level: number, group: number, old: boolean) {
  const { clicks, landerViews, landerClicks, conversions, revenue, cost } = figures;
  // "All columns' names shifted to lowercase, whitespaces replaced by underscore" with 1.9.
  if (old) {
    return {
      Level: String(level),
      Name: name,
      Clicks: printed(clicks),
      'LP Clicks': printed(landerClicks),
      'LP CTR': percent(landerClicks, landerViews),
      Leads: printed(conversions),
      CR: percent(conversions, clicks),
      EPC: clicks === 0 ? '-' : (revenue / clicks).toFixed(4),
      CPC: clicks === 0 ? '-' : (cost / clicks).toFixed(4),
      Revenue: printed(revenue, 2),
      Spend: printed(cost, 4),
      Profit: printed(revenue - cost, 2),
      ROI: percent(revenue - cost, cost),
    };
  }
  const offer = group === 3 ? OFFERS.findIndex((one) => one.name === name) : -1;
  return {
    ...(offer >= 0 ? { entity_id: offerIdOf.binom(offer) } : {}),
    level: String(level),
    name,
    clicks: printed(clicks),
    lp_views: printed(landerViews),
    lp_clicks: printed(landerClicks),
    lp_ctr: percent(landerClicks, landerViews),
    leads: printed(conversions),
    cr: percent(conversions, clicks),
    epc: clicks === 0 ? '-' : (revenue / clicks).toFixed(4),
    cpc: clicks === 0 ? '-' : (cost / clicks).toFixed(4),
    cost: printed(cost, 4),
    rev: printed(revenue, 2),
    profit: printed(revenue - cost, 2),
    roi: percent(revenue - cost, cost),
  };
}
