import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { deferUntilShown } from '../../../components/panel/defer-until-shown.ts';
import type { OpenClient } from '../../../lib/rpc/client.ts';

function open(isShown: boolean) {
  const shown = signal(isShown);
  const asked: unknown[] = [];
  const client: OpenClient = {
    call: (_, input) => {
      asked.push(input);
      return Promise.reject(new Error('answered'));
    },
    onChange: () => () => {},
  };
  return { shown, asked, client: deferUntilShown(client, shown) };
}
const question = (fresh: boolean) => ({ connection: 'k', fresh });
/** Lets everything run that is ready to. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is cached is asked for at once', async () => {
  const { client, asked } = open(false);
  await expect(client.call('campaigns.list', question(false))).rejects.toThrow('answered');
  expect(asked).toEqual([question(false)]);
});

test('what has to come from a tracker waits until the panel is shown', async () => {
  const { client, asked, shown } = open(false);
  const answers = [1, 2].map(() =>
    expect(client.call('campaigns.list', question(true))).rejects.toThrow('answered'),
  );
  await turn();
  expect(asked).toEqual([]);
  shown.value = true;
  await Promise.all(answers);
  expect(asked).toEqual([question(true), question(true)]);
});

test('in a shown panel nothing waits', async () => {
  const { client, asked } = open(true);
  await expect(client.call('campaigns.list', question(true))).rejects.toThrow('answered');
  expect(asked).toHaveLength(1);
});

test('a question that was given up while it waited is not asked, and says so at once', async () => {
  const { client, asked, shown } = open(false);
  const given = new AbortController();
  const answer = expect(
    client.call('campaigns.list', question(true), given.signal),
  ).rejects.toMatchObject({ name: 'AbortError' });
  given.abort();
  await answer;
  shown.value = true;
  await turn();
  expect(asked).toEqual([]);
});

test('a question that was given up before it was asked is not asked', async () => {
  const { client, asked, shown } = open(false);
  const answer = client.call('campaigns.list', question(true), AbortSignal.abort());
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  shown.value = true;
  await turn();
  expect(asked).toEqual([]);
});
