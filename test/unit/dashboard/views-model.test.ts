import { effect } from '@preact/signals';
import { expect, onTestFinished, test } from 'vitest';
import { ViewsModel } from '../../../components/dashboard/views-model.ts';
import { createQueryClient } from '../../../components/kit/query.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { type SavedView, savedViewsSchema } from '../../../lib/settings/saved-views.ts';

/** A page over settings that other pages change, too. */
function open(stored: { savedViews?: readonly SavedView[] } = {}) {
  const client = createQueryClient({
    async call(name, input) {
      if (name === 'settings.write') {
        const { savedViews } = input as { savedViews: SavedView[] };
        if (!savedViewsSchema.safeParse(savedViews).success) {
          throw new CrosstrackError({ kind: 'input' });
        }
        stored.savedViews = savedViews;
      }
      return { ...stored } as never;
    },
    onChange: () => () => {},
  });
  const model = new ViewsModel(client);
  const stop = effect(() => void model.views.value);
  onTestFinished(() => {
    stop();
    model[Symbol.dispose]();
  });
  return { model, stored, names: () => model.views.value.map(({ name }) => name) };
}

const view = (name: string, more = ''): SavedView => ({ name, hash: `#view=compare${more}` });

test('views are saved, renamed and removed by name, and shown in its order', async () => {
  const { model, stored, names } = open({ savedViews: [view('Mid')] });
  await model.save('Zones', '#view=compare&by=placement');
  await model.save('Countries', '#view=compare&by=country');
  expect(names()).toEqual(['Countries', 'Mid', 'Zones']);
  await model.rename('Zones', 'A placement');
  expect(stored.savedViews).toEqual([
    view('A placement', '&by=placement'),
    view('Countries', '&by=country'),
    view('Mid'),
  ]);
  await model.remove('Mid');
  expect(names()).toEqual(['A placement', 'Countries']);
});

test('a name is there once: what is saved or renamed to it replaces it', async () => {
  const { model } = open({ savedViews: [view('A'), view('B', '&by=day')] });
  await model.save('A', '#view=compare&by=hour');
  expect(model.views.value).toEqual([view('A', '&by=hour'), view('B', '&by=day')]);
  await model.rename('A', 'B');
  expect(model.views.value).toEqual([view('B', '&by=hour')]);
});

test('what another page has saved meanwhile is not lost', async () => {
  const { model, stored, names } = open();
  stored.savedViews = [view('Of another tab')];
  await model.save('Mine', '#view=compare');
  expect(names()).toEqual(['Mine', 'Of another tab']);
});

test('a view that cannot be saved is told, and the others stay', async () => {
  const { model, names } = open({ savedViews: [view('A')] });
  await model.save('B', 'javascript:alert(1)');
  expect(model.problem.value?.kind).toBe('input');
  expect(names()).toEqual(['A']);
});
