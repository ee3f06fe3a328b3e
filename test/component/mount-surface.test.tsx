import { beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type Drafts, DraftsContext, useDraft } from '../../components/kit/drafts.ts';
import { mountSurface } from '../../components/mount-surface.tsx';
import { fakeClient, openRoot, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

test('a view that fails says so and how it failed, and is drawn again on request', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  let broken = true;
  const Child = () => {
    if (broken) throw new Error('no such figure');
    return <p data-child>Here again</p>;
  };
  const root = openRoot('');
  const unmount = mountSurface(root, fakeClient({}), <Child />);
  const notice = () => root.querySelector('[role=alert]')?.textContent ?? '';
  await expect.poll(notice).toContain('Your saved data is safe');
  expect(notice()).toContain('no such figure');

  const again = () => {
    const button = root.querySelector('[name=draw-again]');
    if (!button) throw new Error('no way on');
    return userEvent.click(button);
  };
  await again();
  await expect.poll(notice).toContain('no such figure');
  broken = false;
  await again();
  await expect.poll(() => root.querySelector('[data-child]')).not.toBeNull();
  expect(notice()).toBe('');
  unmount();
  expect(root.childElementCount).toBe(0);
});

test('one that throws something odd is told of too', async () => {
  const root = openRoot('');
  const Child = () => {
    throw 'a text';
  };
  mountSurface(root, fakeClient({}), <Child />);
  await expect.poll(() => root.querySelector('[role=alert]')?.textContent).toContain('a text');
});

function Form({ scope = 'form' }: { scope?: string }) {
  const [amount, setAmount] = useDraft(scope, 'amount', '1');
  return <input value={amount} onInput={({ currentTarget }) => setAmount(currentTarget.value)} />;
}
function field(root: HTMLElement): HTMLInputElement {
  const found = root.querySelector('input');
  if (!found) throw new Error('no field');
  return found;
}

test('a draft outlives the form where the surface keeps it', async () => {
  const kept = new Map<string, string>();
  const drafts: Drafts = {
    read: (scope, name) => kept.get(`${scope} ${name}`),
    write: (scope, name, value) => void kept.set(`${scope} ${name}`, value),
  };
  const open = (scope?: string) => {
    const root = openRoot('');
    const unmount = mountSurface(
      root,
      fakeClient({}),
      <DraftsContext value={drafts}>
        <Form {...(scope ? { scope } : {})} />
      </DraftsContext>,
    );
    return { root, unmount };
  };
  const first = open();
  expect(field(first.root).value).toBe('1');
  await userEvent.fill(field(first.root), '120');
  expect([...kept]).toEqual([['form amount', '120']]);
  first.unmount();
  expect(field(open().root).value).toBe('120');
  // Emptied is not untouched.
  await userEvent.fill(field(document.body), '');
  expect(field(open().root).value).toBe('');
  expect(field(open('another').root).value).toBe('1');
});

test('elsewhere a draft goes with the form', async () => {
  const root = openRoot('');
  const unmount = mountSurface(root, fakeClient({}), <Form />);
  await userEvent.fill(field(root), '120');
  await expect.poll(() => field(root).value).toBe('120');
  unmount();
  mountSurface(root, fakeClient({}), <Form />);
  expect(field(root).value).toBe('1');
});
