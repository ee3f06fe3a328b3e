import { render } from 'preact';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { lazy } from '../../components/kit/lazy.tsx';
import { openRoot } from './fixtures.ts';

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

test('a component is drawn once its code is there, and at once from then on', async () => {
  const code = Promise.withResolvers<typeof Greeting>();
  let asked = 0;
  const Later = lazy(() => {
    asked += 1;
    return code.promise;
  });
  const root = openRoot('');
  render(<Later name="Ann" />, root);
  expect(root.querySelector('[data-skeletons]')).not.toBeNull();
  code.resolve(Greeting);
  await expect.poll(() => root.textContent).toBe('Hello Ann');
  render(null, root);
  render(<Later name="Bob" />, root);
  expect(root.textContent).toBe('Hello Bob');
  expect(asked).toBe(1);
});

test('code that was loaded before is drawn without a placeholder', async () => {
  const Later = lazy(async () => Greeting);
  await Later.load();
  const root = openRoot('');
  render(<Later name="Ann" />, root);
  expect(root.textContent).toBe('Hello Ann');
});

test('code that comes between the first drawing and what follows it is drawn', async () => {
  const Later = lazy(async () => Greeting);
  const root = openRoot('');
  render(<Later name="Ann" />, root);
  // Before the effects of that drawing, which wait for a frame.
  await Later.load();
  await expect.poll(() => root.textContent).toBe('Hello Ann');
});

test('code that cannot be loaded is said, and loaded by another try', async () => {
  let tries = 0;
  const Later = lazy(async () => {
    tries += 1;
    if (tries === 1) throw new Error('no such file');
    return Greeting;
  });
  const root = openRoot('');
  render(<Later name="Ann" />, root);
  await expect
    .poll(() => root.querySelector('[role=alert]')?.textContent)
    .toContain('no such file');
  const again = root.querySelector('[name=draw-again]');
  if (!again) throw new Error('no button for another try');
  await userEvent.click(again);
  await expect.poll(() => root.textContent).toBe('Hello Ann');
});
