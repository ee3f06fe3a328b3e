import type { PageView } from '../../../../lib/trackers/page-recogniser.ts';

/** A saved page at an address, and what its tracker's recogniser must make of it. */
export interface Shape {
  /** `<tracker>/<page>.html` beside this file; `others/` are pages of no tracker. */
  readonly file: string;
  readonly url: string;
  readonly expected: PageView | null;
  /** In place of the saved title. */
  readonly title?: string;
  /** The user connected this origin to the tracker; else the page must prove itself. */
  readonly connected?: boolean;
}

const shape = (
  file: string,
  url: string,
  expected: PageView | null,
  more: Pick<Shape, 'title' | 'connected'> = {},
): Shape => ({ file: `${file}.html`, url, expected, ...more });

const view = (name: PageView['view'], more: Partial<PageView> = {}): PageView => ({
  view: name,
  campaignId: null,
  campaignName: null,
  range: null,
  groupBy: null,
  ...more,
});
const campaign = (campaignId: string, more: Partial<PageView> = {}) =>
  view('campaign', { campaignId, ...more });

const AUGUST = { from: '2026-08-01', to: '2026-08-02' };
const LONG = 'x – '.repeat(500_000);

const last7 = { range: { preset: 'last7' } } as const;
const inBinom = { campaignName: 'Summer <b>push</b> & co', range: AUGUST } as const;
const binom: readonly Shape[] = [
  shape('binom/campaigns', 'https://t.example/index.php?page=Campaigns', view('campaigns', last7)),
  shape(
    'binom/campaigns',
    'http://10.0.0.5:8080/sub/jl8sn.php?page=Campaigns&date=1',
    view('campaigns', { range: { preset: 'today' } }),
    { title: 'My tracker' },
  ),
  shape('binom/campaigns', 'https://t.example/?page=campaigns&date=4', view('campaigns')),
  shape(
    'binom/campaigns',
    'https://t.example/panel/index.php?page=Campaigns',
    view('campaigns', last7),
  ),
  shape(
    'binom/bare',
    'https://t.example/jl8sn.php?page=Stats&camp_id=7',
    campaign('7', { range: { preset: 'last7' } }),
    { connected: true },
  ),
  shape('binom/campaigns', 'https://t.example/?page=Trends', view('statistics', last7)),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7',
    campaign('7', { ...inBinom, groupBy: ['token2', 'country'] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=27&group2=290&group3=31&date=2',
    campaign('7', {
      ...inBinom,
      range: { preset: 'yesterday' },
      groupBy: ['token1', 'token10', 'day'],
    }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=3&group2=4&group3=19&date=12&date_s=2026-07-01&date_e=2026-07-31',
    campaign('7', {
      ...inBinom,
      range: { from: '2026-07-01', to: '2026-07-31' },
      groupBy: ['offer', 'lander', 'country'],
    }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=10&group2=17&group3=15',
    campaign('7', { ...inBinom, groupBy: ['deviceType', 'os', 'browser'] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=21&group2=6&group3=30',
    campaign('7', { ...inBinom, groupBy: ['language', 'isp', 'connectionType'] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=26&group2=25&group3=26',
    campaign('7', { ...inBinom, groupBy: ['hour', 'weekday'] }),
  ),
  // 1 = no grouping, 12 = device model, which is no dimension of ours.
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=1&group2=1&group3=1',
    campaign('7', { ...inBinom, groupBy: [] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=12&group2=3&group3=1',
    campaign('7', { ...inBinom, groupBy: ['offer'] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=12&group2=1&group3=1',
    campaign('7', inBinom),
  ),
  // Parts of days and days that no calendar has are not days.
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=3&group2=1&group3=1&date=10&date_s=2026-08-01+%7C+02%3A00',
    campaign('7', { ...inBinom, range: null, groupBy: ['offer'] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camp_id=7&group1=3&group2=1&group3=1&date=12&date_s=2026-02-30&date_e=2026-03-01',
    campaign('7', { ...inBinom, range: null, groupBy: ['offer'] }),
  ),
  shape(
    'binom/report',
    'https://t.example/arm.php?page=Stats&camps=7,9&group1=3&group2=1&group3=1',
    view('statistics', { range: AUGUST, groupBy: ['offer'] }),
  ),
  shape('binom/report', 'https://t.example/arm.php?page=edit_camp&id=7', campaign('7', inBinom), {
    title: LONG,
  }),
  shape('binom/report', 'https://t.example/arm.php?page=Stats', null),
  shape('binom/report', 'https://t.example/arm.php?page=Stats&camp_id=abc', null),
  shape('binom/plain', 'https://t.example/index.php?page=Offers', view('offers')),
  shape('binom/plain', 'https://t.example/index.php?page=Landings', view('landers')),
  shape('binom/plain', 'https://t.example/index.php?page=Sources', view('sources')),
  shape('binom/plain', 'https://t.example/index.php?page=Traffic_Sources', view('sources')),
  shape('binom/plain', 'https://t.example/index.php?page=Affiliate_Networks', view('other')),
  shape('binom/plain', 'https://t.example/index.php?page=Users', view('other')),
  shape('binom/plain', 'https://t.example/index.php?page=Settings', view('other')),
  shape('binom/plain', 'https://t.example/index.php?page=Rotations', view('other')),
  shape(
    'binom/plain',
    'https://t.example/index.php?page=constructor&date=constructor',
    view('other'),
  ),
  shape('binom/login', 'https://t.example/index.php', null, { connected: true }),
  shape('binom/login', 'https://t.example/index.php?page=Campaigns', null, { connected: true }),
];

const arabic = { campaignName: 'حملة الصيف ‏DE‏ (1)' };
const binom2: readonly Shape[] = [
  shape('binom2/app', 'https://t.example/panel/campaigns', view('campaigns')),
  shape('binom2/app', 'https://t.example/panel/campaigns?page=2', view('campaigns')),
  shape('binom2/app', 'https://t.example:8443/t/panel/campaigns/7/report', campaign('7', arabic)),
  shape('binom2/app', 'https://t.example/panel/report/campaign/7', campaign('7', arabic)),
  shape('binom2/app', 'https://t.example/panel/campaign/report/7/', campaign('7', arabic)),
  shape('binom2/app', 'http://127.0.0.1:4050/panel/#/campaigns/7/report', campaign('7', arabic)),
  shape('binom2/app', 'https://t.example/t/panel#!/report/campaign/7', campaign('7', arabic)),
  shape(
    'binom2/app',
    'https://t.example/panel/campaigns/7/report?datePreset=last_7_days&groupings[]=offer&groupings[]=geoCountry&groupings[]=osName',
    campaign('7', { ...arabic, range: { preset: 'last7' }, groupBy: ['offer', 'country', 'os'] }),
    { title: 'Binom v2.3' },
  ),
  shape(
    'binom2/app',
    'https://t.example/panel/#/campaigns/7/report?datePreset=custom_time&dateFrom=2026-08-01%2000:00:00&dateTo=2026-08-02%2023:59:59',
    campaign('7', { ...arabic, range: AUGUST }),
  ),
  shape(
    'binom2/app',
    'https://t.example/panel/campaigns/7/report?datePreset=custom_time&dateFrom=2026-08-01%2010:00:00&dateTo=2026-08-02%2023:59:59',
    campaign('7', arabic),
  ),
  shape('binom2/app', 'https://t.example/panel/offers', view('offers')),
  shape('binom2/app', 'https://t.example/panel/offers/5', view('offer')),
  shape('binom2/app', 'https://t.example/panel/landings', view('landers')),
  shape('binom2/app', 'https://t.example/panel/landings/5/edit', view('lander')),
  shape('binom2/app', 'https://t.example/panel/traffic-sources', view('sources')),
  shape('binom2/app', 'https://t.example/panel/traffic_sources/3', view('source')),
  shape('binom2/app', 'https://t.example/panel/trends', view('statistics')),
  shape('binom2/app', 'https://t.example/panel/settings', view('other')),
  shape('binom2/app', 'https://t.example/panel/constructor', null),
  shape('binom2/app', 'https://t.example/panel/campaigns/new', view('other')),
  shape('binom2/empty', 'https://t.example/panel/campaigns/7', campaign('7')),
  shape('binom2/empty', 'https://t.example/panel/campaigns/7', campaign('7'), {
    title: '',
    connected: true,
  }),
  // Nothing but the address, which any panel may have.
  shape('binom2/empty', 'https://t.example/panel/campaigns/7', null, { title: '' }),
  shape('binom2/empty', 'https://t.example/panel/', null),
  shape('binom2/login', 'https://t.example/panel/campaigns', null, { connected: true }),
  shape('binom2/empty', 'https://t.example/panel/login', null, { connected: true }),
  shape('binom2/empty', 'https://t.example/panel/#/sign-in', null, { connected: true }),
  shape('binom2/app', 'https://t.example/', null, { connected: true }),
];

const russian = { campaignName: '<script>alert(1)</script> “Лето”' };
const keitaro: readonly Shape[] = [
  shape('keitaro/branded', 'https://t.example/admin/#!/campaigns/', view('campaigns')),
  shape('keitaro/app', 'https://t.example:8443/sub/admin/#!/campaigns/12', campaign('12', russian)),
  shape(
    'keitaro/app',
    'https://t.example/admin/#!/campaigns/12/streams/3',
    campaign('12', russian),
  ),
  shape('keitaro/app', 'http://10.0.0.5/admin#!/campaigns/edit/12', campaign('12', russian), {
    title: LONG,
  }),
  shape(
    'keitaro/app',
    'https://t.example/admin/#!/campaigns/12?from=2026-08-01&to=2026-08-02&grouping=offer,sub_id_3,ts_id',
    campaign('12', { ...russian, range: AUGUST, groupBy: ['offer', 'token3', 'source'] }),
  ),
  shape(
    'keitaro/app',
    'https://t.example/admin/#!/reports/build?interval=yesterday&dimensions[]=country_code&dimensions[]=day_hour',
    view('statistics', { range: { preset: 'yesterday' }, groupBy: ['country'] }),
  ),
  shape('keitaro/branded', 'https://t.example/admin/#!/offers/', view('offers')),
  shape('keitaro/branded', 'https://t.example/admin/#!/offers/5', view('offer')),
  shape('keitaro/branded', 'https://t.example/admin/#!/offers/new', view('other')),
  shape('keitaro/branded', 'https://t.example/admin/#!/landings/', view('landers')),
  shape('keitaro/branded', 'https://t.example/admin/#!/landings/5', view('lander')),
  shape('keitaro/branded', 'https://t.example/admin/#!/traffic_sources/', view('sources')),
  shape('keitaro/branded', 'https://t.example/admin/#!/traffic_sources/5', view('source')),
  shape('keitaro/branded', 'https://t.example/admin/#!/affiliate_networks/', view('other')),
  shape('keitaro/branded', 'https://t.example/admin/#!/trends', view('statistics')),
  shape('keitaro/branded', 'https://t.example/admin/#!/clicks/log', view('statistics')),
  shape('keitaro/app', 'https://t.example/admin/#!/dashboard/', view('statistics')),
  shape('keitaro/app', 'https://t.example/admin/#!/settings/main', view('other')),
  shape('keitaro/app', 'https://t.example/admin/', view('other')),
  shape(
    'keitaro/app',
    'https://t.example/admin/#!/constructor?grouping=constructor',
    view('other'),
  ),
  shape('keitaro/old', 'https://t.example/admin/?object=campaigns.index', view('campaigns')),
  shape(
    'keitaro/old',
    'https://t.example/admin/index.php?object=campaigns.show&id=12',
    campaign('12'),
    { title: 'Media Team' },
  ),
  shape('keitaro/reports', 'https://t.example/admin/#!/reports', view('statistics'), {
    connected: true,
  }),
  // A favourite report's number is no campaign's.
  shape(
    'keitaro/reports',
    'https://t.example/admin/#!/reports/12?from=2026-08-01&to=2026-08-02&grouping=campaign',
    view('statistics', { range: AUGUST, groupBy: ['campaign'] }),
    { connected: true },
  ),
  // Any admin panel may be such an app with reports.
  shape('keitaro/reports', 'https://t.example/admin/#!/reports', null),
  shape('keitaro/login', 'https://t.example/admin/', null, { connected: true }),
  shape('keitaro/login', 'https://t.example/admin/#!/campaigns/12', null, { connected: true }),
  shape('keitaro/app', 'https://t.example/admin/#!/login', null, { connected: true }),
  shape('keitaro/app', 'https://t.example/lander/#!/campaigns/12', null, { connected: true }),
];

const HEX = '5a7b3ba2f07a9105f25a5f5d';
const redtrack: readonly Shape[] = [
  shape('redtrack/app', 'https://app.redtrack.io/campaigns', view('campaigns')),
  shape('redtrack/app', `https://app.redtrack.io/campaigns/report/${HEX}`, campaign(HEX)),
  shape(
    'redtrack/app',
    `https://app.redtrack.io/campaigns/report/${HEX}?date_from=2026-08-01&date_to=2026-08-02&group=sub4,source,date`,
    campaign(HEX, {
      campaignName: '<b>ציד</b> ‏| 10',
      range: AUGUST,
      groupBy: ['token4', 'source', 'day'],
    }),
    { title: '<b>ציד</b> ‏| 10 | RedTrack' },
  ),
  shape('redtrack/app', `https://app.redtrack.io/campaigns/edit/${HEX}`, campaign(HEX), {
    title: `${LONG}| RedTrack`,
  }),
  shape('redtrack/app', 'https://app.redtrack.io/offers', view('offers')),
  shape('redtrack/app', `https://app.redtrack.io/offers/edit/${HEX}`, view('offer')),
  shape('redtrack/app', 'https://app.redtrack.io/landers', view('landers')),
  shape('redtrack/app', `https://app.redtrack.io/landers/edit/${HEX}`, view('lander')),
  shape('redtrack/app', 'https://app.redtrack.io/sources', view('sources')),
  shape('redtrack/app', `https://app.redtrack.io/sources/edit/${HEX}`, view('source')),
  shape(
    'redtrack/app',
    'https://app.redtrack.io/report?group=hour_of_day&time_interval=yesterday',
    view('statistics', { range: { preset: 'yesterday' }, groupBy: ['hour'] }),
  ),
  shape('redtrack/app', 'https://app.redtrack.io/payments', view('other')),
  shape(
    'redtrack/app',
    'https://app.redtrack.io/constructor?time_interval=constructor',
    view('other'),
  ),
  shape('redtrack/app', 'http://127.0.0.1:4010/campaigns', view('campaigns')),
  shape('redtrack/white-label', `https://track.brand.com/campaigns/report/${HEX}`, campaign(HEX)),
  shape('redtrack/white-label', 'https://track.brand.com:8443/campaigns', view('campaigns'), {
    connected: true,
  }),
  shape('redtrack/white-label', `https://track.brand.com/landers/edit/${HEX}`, view('lander')),
  // Any site may have campaigns; the menu alone is not enough.
  shape('redtrack/white-label', 'https://track.brand.com/campaigns', null),
  shape('redtrack/white-label', 'https://track.brand.com/payments', null, { connected: true }),
  shape('redtrack/login', 'https://app.redtrack.io/signin', null, { connected: true }),
  shape('redtrack/login', 'https://track.brand.com/campaigns', null, { connected: true }),
  shape('redtrack/app', 'https://app.redtrack.io/register', null, { connected: true }),
  shape('redtrack/app', 'https://app.redtrack.io/signup/plan', null, { connected: true }),
  shape('redtrack/app', 'https://app.redtrack.io/create-account', null, { connected: true }),
];

const offer = { campaignName: 'עברית <i>offer</i> [Web]' };
const affise: readonly Shape[] = [
  shape('affise/panel', 'https://net.affise.com/v2/statistics', view('statistics')),
  shape(
    'affise/panel',
    'https://net.affise.com/v2/statistics?filter[date_from]=2026-08-01&filter[date_to]=2026-08-02&slice[]=day&slice[]=conn_type&slice[]=sub3',
    view('statistics', { range: AUGUST, groupBy: ['day', 'connectionType', 'token3'] }),
  ),
  shape('affise/panel', 'https://net.affise.com/v2/offers', view('offers')),
  shape(
    'affise/panel',
    'https://net.affise.com/v2/offer/902/general',
    view('offer', { campaignId: '902', ...offer }),
  ),
  shape(
    'affise/panel',
    'https://net.affise.com/v2/offers/5718dac83b7d9bf8588b4579',
    view('offers'),
  ),
  shape('affise/panel', 'https://net.affise.com/v2/something-new', view('other')),
  shape('affise/panel', 'https://net.affise.com/v2/constructor', view('other')),
  shape('affise/panel', 'https://net.affise.com/statistics/affise/daily', view('statistics')),
  shape('affise/panel', 'https://net.affise.com/stats/custom', view('statistics')),
  shape('affise/panel', 'https://net.affise.com/users-management', view('other')),
  shape('affise/own-domain', 'https://partners.brand.com/v2/offers', view('offers')),
  shape(
    'affise/own-domain',
    'https://partners.brand.com:8443/cpa/v2/offers/7',
    view('offer', { campaignId: '7' }),
  ),
  shape('affise/panel', 'https://partners.brand.com/v2/statistics', view('statistics'), {
    connected: true,
    title: LONG,
  }),
  shape('affise/sign-in', 'https://net.affise.com/v2/sign/in', null, { connected: true }),
  shape('affise/sign-up', 'https://net.affise.com/v2/sign/up', null, { connected: true }),
  shape('affise/sign-up', 'https://partners.brand.com/v2/sign/up', null, { connected: true }),
  shape('affise/sign-in', 'https://net.affise.com/v2/offers', null, { connected: true }),
  shape('affise/panel', 'https://api-net.affise.com/v2/offers', null),
  shape('affise/panel', 'https://net.affise.com/offers', null),
];

/** Pages of each tracker, by its id. */
export const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  binom,
  binom2,
  keitaro,
  redtrack,
  affise,
};

/** Pages of no tracker: null for every recogniser. */
export const LOOKALIKES: readonly Shape[] = [
  shape('others/shop', 'https://shop.example/?page=Offers', null),
  shape('others/shop', 'https://shop.example/index.php?page=Offers&date=1', null),
  shape('others/shop', 'https://shop.example/index.php?page=Offers', null, {
    title: 'Binom coffee',
  }),
  shape('others/shop', 'https://shop.example/index.php?page=Campaigns', null, {
    title: 'Binomial',
  }),
  shape('others/shop', 'https://shop.example/index.php?page=Users', null),
  shape('others/shop', 'https://shop.example/stats/custom', null, { title: 'Affise' }),
  shape('others/shop', 'https://shop.example/index.php?page=Stats&camp_id=7&date=1', null),
  shape('others/shop', 'https://shop.example/panel/offers', null),
  shape('others/shop', 'https://shop.example/panel/campaigns/7/report', null),
  shape('others/shop', 'https://shop.example/panel/offers', null, { title: 'Binom coffee' }),
  shape('others/shop', 'https://shop.example/admin/', null, { title: 'Keitaro' }),
  shape('others/shop', 'https://shop.example/', null, { title: 'Keitaro' }),
  shape('others/shop', 'https://shop.example/#!/campaigns/12', null, { title: 'Keitaro' }),
  shape('others/shop', 'https://shop.example/offers', null, { title: 'RedTrack records' }),
  shape('others/shop', 'https://shop.example/v2/offers/7', null, { title: 'Affise' }),
  shape('others/shop', 'https://affise.example/v2/offers', null),
  shape('others/shop-admin', 'https://shop.example/admin/#!/campaigns', null),
  shape('others/shop-admin', 'https://shop.example/admin/#!/campaigns/12', null),
  shape('others/shop-admin', 'https://shop.example/admin/#!/orders', null, { title: 'Keitaro' }),
  shape('others/shop-admin', 'https://shop.example/admin/#!/users', null, { title: 'Keitaro' }),
  shape('others/blog', 'https://blog.example/campaigns', null),
  shape('others/blog', 'https://blog.example/campaigns', null, { title: 'RedTrack or Binom?' }),
  shape('others/blog', 'https://blog.example/campaigns/why-we-left', null, {
    title: 'Why we left | RedTrack',
  }),
  shape('others/blog', `https://blog.example/campaigns/${HEX}`, null),
  shape('others/blog', 'https://app.redtrack.io.blog.example/campaigns', null),
  shape('others/blog', 'https://help.redtrack.io/campaigns', null, { title: 'RedTrack' }),
  shape('others/blog', 'https://www.affise.com/v2/offers', null, { title: 'Affise' }),
  shape('others/blog', 'https://help-center.affise.com/v2/offers', null, { title: 'Affise' }),
  shape('others/blog', `https://blog.example/${'a/'.repeat(100_000)}`, null, { title: LONG }),
  shape('others/api-docs', 'https://docs.example/v2/offers', null),
  shape('others/api-docs', 'https://docs.example/v2/statistics', null),
];
