export const PASTED = 'https://app.redtrack.io/campaigns?x=1';
export const DAYS = 'date_from=2026-08-01&date_to=2026-08-02&timezone=Europe/Madrid';
/** Days of a log: it has no zone, so one more day on each side. */
export const LOG_DAYS = 'date_from=2026-07-31&date_to=2026-08-03';
export const ID = '5a7b3ba2f07a9105f25a5f5d';

export const STAT = { clicks: 240, revenue: 20.33, cost: 15.204, roi: 33.7148 };
/** "Campaigns list" of the published document; the serial number is in today's answers. */
const CAMPAIGN = {
  id: ID,
  serial_number: 41,
  user_id: '5a7b3ba1f07a9105f25a5f4d',
  title: 'Supah <b>Hybrid',
  cpc: 3,
  source_id: '5a7b3ba1f07a9105f25a5f51',
  source_title: 'Magnificent Two-Face Man',
  status: 1,
  streams: [],
  stat: STAT,
  postbacks: null,
  created_at: '2018-02-07T20:47:14.008+03:00',
  tags: null,
  notes: ['The quick brown fox'],
};
const PAUSED = { id: 'b', title: 'Paused', status: '2', source_id: '', source_title: '' };
const DELETED = { id: 'c', title: 'Deleted', status: 3 };
export const CAMPAIGNS = [CAMPAIGN, PAUSED, DELETED];
