import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../test-database.ts';
import { FORBIDDEN, KEY, MANAGED, ManagedWorld, preset, template } from './managed-world.ts';
import { formOf, startWorker } from './transfer-world.ts';

let world: ManagedWorld;

beforeEach(() => {
  world = new ManagedWorld();
});

test('a browser without managed storage is a browser without a policy', async () => {
  world.here = startWorker(world.database, world.area, {
    managed: { get: () => Promise.reject(new Error('Managed storage manifest not found')) },
  });
  expect(await world.here.call('managed.read', {})).toEqual({ forbidden: [], problems: [] });
  await world.here.connect('https://a.example', KEY);
  expect((await world.listed()).map(({ managed }) => managed)).toEqual([false]);
});

describe('a preset connection', () => {
  test('is there, marked, and waits for its key', async () => {
    world.laidDown({ connections: [preset] });
    expect(await world.listed()).toMatchObject([
      {
        name: 'Company',
        api: 'https://company.example',
        currency: 'EUR',
        managed: true,
        problem: { text: 'problem_no_key' },
      },
    ]);
  });

  test('is made once, however often the policy is read and the worker starts', async () => {
    world.laidDown({ connections: [preset] });
    await Promise.all([
      world.here.background.readPolicy(),
      world.listed(),
      world.here.background.readPolicy(),
    ]);
    const [first] = await world.listed();
    world.here = world.start();
    expect((await world.listed()).map(({ id }) => id)).toEqual([first?.id]);
  });

  test('takes a key, and nothing else', async () => {
    world.laidDown({ connections: [preset] });
    const [id] = (await world.listed()).map((one) => one.id);
    const draft = { ...formOf(preset.address), ...preset };
    const saved = await world.here.call('connections.save', {
      draft,
      credentials: { key: KEY },
      id: id ?? '',
    });
    expect(saved.connection).toMatchObject({ id, managed: true, keyEnd: '0001' });
    for (const change of [
      { address: 'https://elsewhere.example' },
      { name: 'Mine' },
      { currency: 'USD' },
      { zone: 'UTC' },
      { basis: 'postback' as const },
    ]) {
      const changed = { draft: { ...draft, ...change }, credentials: { key: KEY }, id: id ?? '' };
      await expect(world.here.call('connections.save', changed)).rejects.toMatchObject(MANAGED);
    }
    await expect(world.here.call('connections.remove', { id: id ?? '' })).rejects.toMatchObject(
      MANAGED,
    );
    expect(await world.listed()).toMatchObject([{ id, name: 'Company', keyEnd: '0001' }]);
  });

  test('keeps the templates of the policy; those for other sources are the user’s', async () => {
    world.laidDown({ connections: [{ ...preset, templates: [{ ...template, placement: 3 }] }] });
    const [{ id } = { id: '' }] = await world.listed();
    const change = (sourceId: string) =>
      world.here.call('connections.template', {
        id,
        template: { ...template, sourceId, placement: 5 },
      });
    await expect(change('1')).rejects.toMatchObject(MANAGED);
    await change('2');
    world.here = world.start();
    expect(
      (await world.listed())[0]?.templates.map(({ sourceId, placement }) => [sourceId, placement]),
    ).toEqual([
      ['2', 5],
      ['1', 3],
    ]);
  });

  test('takes over the user’s own connection to that account, with its key', async () => {
    world.laidDown({});
    const id = await world.here.connect('https://company.example', KEY, 'Mine');
    world.policy = { connections: [preset] };
    await world.here.background.readPolicy();
    expect(await world.listed()).toMatchObject([
      { id, name: 'Company', managed: true, keyEnd: '0001' },
    ]);
    world.policy = {};
    await world.here.background.readPolicy();
    expect(await world.listed()).toMatchObject([{ id, managed: false, keyEnd: '0001' }]);
    await world.here.call('connections.remove', { id });
  });

  test('that cannot be used is left out and named', async () => {
    world.laidDown({
      connections: [
        { ...preset, tracker: 'nobody' },
        { ...preset, address: 'http://company.example' },
        { ...preset, zone: 'Mars/Base' },
        preset,
        preset,
      ],
    });
    expect((await world.listed()).map(({ name }) => name)).toEqual(['Company']);
    await world.settled();
    const { problems } = await world.here.call('managed.read', {});
    expect(problems.map(({ entry, problem }) => `${entry} ${problem.text}`)).toEqual([
      'connections.0 problem_tracker_unknown',
      'connections.1 address_plain_http',
      'connections.2 zone_unknown',
      'connections.4 transfer_repeated',
    ]);
  });

  test('of plain http is made where the policy says so, unless it forbids that too', async () => {
    const plain = { ...preset, address: 'http://company.example', plainHttp: true };
    world.laidDown({ connections: [plain] });
    expect(await world.listed()).toMatchObject([{ api: 'http://company.example', managed: true }]);
    world.database = testDatabase().database;
    world.laidDown({ connections: [plain], forbidden: ['http'] });
    expect(await world.listed()).toEqual([]);
    expect((await world.here.call('managed.read', {})).problems).toMatchObject([
      { entry: 'connections.0', ...FORBIDDEN },
    ]);
  });

  test('is not changed by an import', async () => {
    world.laidDown({ connections: [preset] });
    await world.listed();
    const { text } = await world.here.call('transfer.export', { passphrase: null });
    const changed = text.replace('"EUR"', '"USD"');
    const { entries } = await world.here.call('transfer.preview', {
      text: changed,
      passphrase: null,
    });
    expect(entries[0]).toMatchObject({ does: 'skip', why: { text: 'problem_managed' } });
  });
});
