import { describe, expect, test } from 'vitest';
import { arrivalsByMean, arrivedBetween } from '../../../lib/blacklist/arrivals.ts';
import { daysElapsed, daysToJudge } from '../../../lib/blacklist/ripeness.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-06-15T12:00Z');
const range = (from: string, to: string, zone = 'UTC') => ({
  from: `2026-06-${from}`,
  to: `2026-06-${to}`,
  zone,
});
const read = (asked: ReturnType<typeof range>, known: Partial<Parameters<typeof daysToJudge>[1]>) =>
  daysToJudge(asked, { learnt: null, delayHours: 24, basis: 'visit', ...known }, NOON);
const spans = (
  asked: ReturnType<typeof range>,
  known: Partial<Parameters<typeof daysToJudge>[1]>,
) => read(asked, known).days.map(({ range: { from, to } }) => `${from.slice(8)}–${to.slice(8)}`);

describe('days that are judged', () => {
  test('nothing tells the delay: the last 24 hours are left out, in whole days', () => {
    expect(read(range('01', '15'), {}).days[0]?.range).toMatchObject({ to: '2026-06-13' });
    // Exactly 24 hours after its end, a day is old enough.
    const midnight = Date.parse('2026-06-15T00:00Z');
    const at = (now: number) =>
      daysToJudge(range('01', '15'), { learnt: null, delayHours: 24, basis: 'visit' }, now);
    expect(at(midnight).days[0]?.range.to).toBe('2026-06-13');
    expect(at(midnight - 1).days[0]?.range.to).toBe('2026-06-12');
  });

  test('in the days of the zone', () => {
    // In Auckland it is midnight of the 16th.
    expect(spans(range('01', '15', 'Pacific/Auckland'), {})[0]).toBe('14–14');
  });

  test('the setting is twice the mean, and is said to be the setting', () => {
    const { arrivals, days } = read(range('01', '15'), { delayHours: 24 });
    expect(arrivals).toEqual(arrivalsByMean(12 * HOUR, 'setting'));
    expect(days[0]?.arrived).toBeCloseTo(arrivedBetween(arrivals, 36 * HOUR, 60 * HOUR), 12);
  });

  test('a range of which all days are too young has none', () => {
    expect(read(range('14', '15'), {}).days).toEqual([]);
    expect(spans(range('13', '15'), {})).toEqual(['13–13']);
  });

  test('no delay: all days at once', () => {
    const { days } = read(range('01', '15'), { delayHours: 0 });
    expect(days).toEqual([{ range: range('01', '15'), arrived: 1, offers: new Map() }]);
  });

  test('conversions on their own date: no day is left out, all are weighed', () => {
    expect(spans(range('01', '15'), { basis: 'postback' })[0]).toBe('15–15');
  });

  test('the tracker tells the delay: no day is left out, and the setting does not matter', () => {
    const learnt = arrivalsByMean(HOUR);
    expect(spans(range('01', '15'), { learnt, delayHours: 99 })).toEqual(['15–15', '01–14']);
    expect(read(range('01', '15'), { learnt }).arrivals).toBe(learnt);
    expect(read(range('01', '15'), { learnt }).days[0]?.arrived).toBeCloseTo(
      arrivedBetween(learnt, 0, 12 * HOUR),
      12,
    );
  });

  test('long delays: three single days, then groups that double, then all that is ripe', () => {
    const learnt = arrivalsByMean(72 * HOUR);
    expect(spans(range('01', '15'), { learnt })).toEqual([
      '15–15',
      '14–14',
      '13–13',
      '11–12',
      '07–10',
      '01–06',
    ]);
    expect(spans(range('11', '15'), { learnt })).toEqual(['15–15', '14–14', '13–13', '11–12']);
    expect(spans(range('12', '15'), { learnt })).toEqual(['15–15', '14–14', '13–13', '12–12']);
    const weeks = arrivalsByMean(200 * HOUR);
    expect(spans({ ...range('01', '15'), from: '2026-05-01' }, { learnt: weeks })).toEqual([
      '15–15',
      '14–14',
      '13–13',
      '11–12',
      '07–10',
      '30–06',
      '14–29',
      '01–13',
    ]);
  });

  test('a day of which 99 % have arrived is ripe', () => {
    // Of yesterday's, 12 to 36 hours old: 99.2 % and 98.1 %.
    expect(spans(range('01', '15'), { learnt: arrivalsByMean(4 * HOUR) })).toEqual([
      '15–15',
      '01–14',
    ]);
    expect(spans(range('01', '15'), { learnt: arrivalsByMean(5 * HOUR) })).toEqual([
      '15–15',
      '14–14',
      '01–13',
    ]);
  });

  test('days are ripe once they are for each offer, and each has a share of its own', () => {
    const slow = arrivalsByMean(48 * HOUR);
    const learnt = { ...arrivalsByMean(HOUR), offers: [{ ...slow, id: 'slow' }] };
    const { days } = read(range('01', '15'), { learnt });
    expect(days.map(({ range: { from, to } }) => `${from.slice(8)}–${to.slice(8)}`)).toEqual([
      '15–15',
      '14–14',
      '13–13',
      '11–12',
      '07–10',
      '01–06',
    ]);
    expect(days[1]?.arrived).toBeCloseTo(arrivedBetween(learnt, 12 * HOUR, 36 * HOUR), 12);
    expect([...(days[1]?.offers ?? [])]).toEqual([
      ['slow', expect.closeTo(arrivedBetween(slow, 12 * HOUR, 36 * HOUR), 12)],
    ]);
  });

  test('a log that is too young to tell the delay: nothing is judged', () => {
    for (const basis of ['visit', 'postback'] as const) {
      const learnt = { ...arrivalsByMean(HOUR), settled: false };
      expect(read(range('01', '15'), { learnt, basis })).toEqual({
        days: [],
        before: [],
        arrivals: learnt,
      });
    }
  });

  test('days that have not begun are not read', () => {
    const learnt = arrivalsByMean(HOUR);
    expect(spans(range('14', '20'), { learnt })).toEqual(['15–15', '14–14']);
    expect(spans(range('16', '20'), { learnt })).toEqual([]);
    expect(spans(range('16', '20'), { delayHours: 0 })).toEqual([]);
    const midnight = Date.parse('2026-06-15T00:00Z');
    const known = { learnt, delayHours: 0, basis: 'visit' } as const;
    expect(daysToJudge(range('15', '15'), known, midnight).days).toEqual([]);
  });
});

describe('conversions that are counted on their own date', () => {
  const postback = (asked: ReturnType<typeof range>, hours: number) =>
    read(asked, { learnt: arrivalsByMean(hours * HOUR), basis: 'postback' });
  /** What a campaign that always spends 1 a day is weighed at. */
  const weighed = (days: ReturnType<typeof read>['days']) =>
    days.reduce((sum, { range: { from, to, zone }, arrived }) => {
      const length = daysElapsed({ from, to, zone }, NOON);
      return sum + arrived * (to === '2026-06-15' ? 0.5 : length);
    }, 0);

  test.each([
    [24, '13', '15', 2.5],
    [24, '09', '15', 6.5],
    [72, '09', '15', 6.5],
    [72, '15', '15', 0.5],
    [12, '01', '10', 10],
    [72, '01', '10', 10],
  ])(
    'mean %d h, %s to %s: what clicks before brought is what the young ones still owe',
    (hours, from, to, spent) => {
      // A steady stream of clicks makes a steady stream of conversions, however late they are.
      const { days, before } = postback(range(from, to), hours);
      const sum = weighed(days) + weighed(before);
      expect(sum).toBeGreaterThan(spent * 0.98 - 0.05);
      expect(sum).toBeLessThan(spent * 1.02);
    },
  );

  test('on the click’s date nothing before the range is looked at', () => {
    expect(read(range('13', '15'), { learnt: arrivalsByMean(72 * HOUR) }).before).toEqual([]);
  });

  test('of days before, those count whose conversions were still to come', () => {
    const { before } = postback(range('13', '15'), 12);
    // At midnight of the 13th, 99 % of those of the 10th had arrived.
    expect(before.map(({ range: { from, to } }) => [from, to])).toEqual([
      ['2026-06-12', '2026-06-12'],
      ['2026-06-11', '2026-06-11'],
    ]);
    const midnight = Date.parse('2026-06-13T00:00Z');
    const curve = arrivalsByMean(12 * HOUR);
    expect(before[1]?.arrived).toBeCloseTo(
      arrivedBetween(curve, NOON - midnight + 24 * HOUR, NOON - midnight + 48 * HOUR) -
        arrivedBetween(curve, 24 * HOUR, 48 * HOUR),
      12,
    );
    expect(postback(range('13', '15'), 0).before).toEqual([]);
  });

  test('they are counted up to the range’s end', () => {
    const { days } = postback(range('01', '10'), 24);
    expect(days[0]?.range).toEqual(range('10', '10'));
    expect(days[0]?.arrived).toBeCloseTo(
      arrivedBetween(arrivalsByMean(24 * HOUR), 0, 24 * HOUR),
      12,
    );
  });

  test('sixty days before at most, and each offer by its own curve', () => {
    const slow = { ...arrivalsByMean(9999 * HOUR), id: 'slow' };
    const learnt = { ...arrivalsByMean(HOUR), offers: [slow] };
    const { before } = read(range('13', '15'), { learnt, basis: 'postback' });
    expect(before.at(-1)?.range.from).toBe('2026-04-14');
    const midnight = Date.parse('2026-06-13T00:00Z');
    const share = before[0]?.offers.get('slow');
    expect(share).toBeCloseTo(
      arrivedBetween(slow, NOON - midnight, NOON - midnight + 24 * HOUR) -
        arrivedBetween(slow, 0, 24 * HOUR),
      12,
    );
    expect(share).toBeGreaterThan(0);
  });
});

describe('days that clicks spread over', () => {
  test('whole days, and today as far as it is', () => {
    expect(daysElapsed(range('01', '14'), NOON)).toBe(14);
    expect(daysElapsed(range('14', '15'), NOON)).toBe(1.5);
    expect(daysElapsed(range('14', '14'), Date.parse('2026-06-15T00:00Z'))).toBe(1);
  });

  test('never less than one', () => {
    expect(daysElapsed(range('15', '15'), NOON)).toBe(1);
  });

  test('a day of 25 hours is a day', () => {
    const days = { from: '2026-10-24', to: '2026-10-26', zone: 'Europe/Madrid' };
    expect(daysElapsed(days, Date.parse('2026-11-15T12:00Z'))).toBe(3);
  });
});
