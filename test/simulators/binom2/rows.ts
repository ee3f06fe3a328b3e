import { type Figures, type Ledger, noFigures, type Slice } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';

export type Field = (click: Click, day: string, hour: number) => { name: string; id?: string };

const many = (value: number): string => value.toFixed(14);

/** Every number is text with many digits; ratios are percent. */
export function figuresOf(figures: Figures) {
  const { clicks, landerViews, landerClicks, conversions, revenue, cost } = figures;
  const ratio = (upper: number, lower: number) => many(lower === 0 ? 0 : (upper / lower) * 100);
  return {
    clicks: String(clicks),
    unique_clicks: String(figures.uniqueClicks),
    unique_campaign_clicks: String(figures.uniqueClicks),
    lander_views: String(landerViews),
    lander_clicks: String(landerClicks),
    lander_ctr: ratio(landerClicks, landerViews),
    leads: String(conversions),
    cr: ratio(conversions, clicks),
    bots: String(figures.bots),
    epc: many(clicks === 0 ? 0 : revenue / clicks),
    cpc: many(clicks === 0 ? 0 : cost / clicks),
    revenue: many(revenue),
    cost: many(cost),
    profit: many(revenue - cost),
    roi: ratio(revenue - cost, cost),
  };
}

interface Node {
  readonly id: string | undefined;
  readonly figures: Figures;
  readonly children: Map<string, Node>;
}

/** Rows of a report: a tree in order, children behind their parent, the level as text. */
export function treeRows(
  ledger: Ledger,
  window: Omit<Slice, 'campaign'>,
  campaigns: readonly number[],
  fields: readonly Field[],
) {
  const node = (id?: string): Node => ({ id, figures: noFigures(), children: new Map() });
  const root = node();
  for (const campaign of campaigns) {
    const leaves = ledger.group({ ...window, campaign }, (click, day, hour) =>
      JSON.stringify(fields.map((field) => field(click, day, hour))),
    );
    for (const [key, figures] of leaves) {
      let at = root;
      for (const { name, id } of JSON.parse(key) as Array<{ name: string; id?: string }>) {
        let child = at.children.get(name);
        if (!child) {
          child = node(id);
          at.children.set(name, child);
        }
        at = child;
        for (const field of Object.keys(figures) as Array<keyof Figures>) {
          at.figures[field] += figures[field];
        }
      }
    }
  }
  const rows: Array<{ level: string; name: string } & Record<string, string>> = [];
  const walk = (of: Node, level: number): void => {
    const ordered = [...of.children].sort(([, a], [, b]) => b.figures.clicks - a.figures.clicks);
    for (const [name, child] of ordered) {
      rows.push({
        level: String(level),
        name,
        ...(child.id === undefined ? {} : { entity_id: child.id }),
        ...figuresOf(child.figures),
      });
      walk(child, level + 1);
    }
  };
  walk(root, 1);
  return rows;
}
