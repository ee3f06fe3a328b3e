import { render } from 'preact';
import { beforeEach, expect, test } from 'vitest';
import { RulesLine } from '../../components/panel/rules-line.tsx';
import { DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import type { RuleSettings } from '../../lib/blacklist/rule-settings.ts';
import { openRoot, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

test('what is being typed stays when figures come meanwhile, and counts when it is entered', async () => {
  const root = openRoot('');
  const committed: number[] = [];
  let rules: RuleSettings = { ...DEFAULT_RULES, confidence: 0.8 };
  const draw = (payout: number) =>
    render(
      <RulesLine
        rules={rules}
        currency="USD"
        payout={payout}
        onChange={(next) => {
          rules = next;
          committed.push(next.confidence);
          draw(payout);
        }}
      />,
      root,
    );
  draw(1);
  const input = root.querySelector<HTMLInputElement>('[name=confidence]');
  if (!input) throw new Error('no input');
  const type = (value: string) => {
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const enter = () => input.dispatchEvent(new Event('change', { bubbles: true }));
  expect(input.value).toBe('80');
  type('9');
  draw(2);
  expect(input.value).toBe('9');
  type('95');
  draw(3);
  enter();
  expect(committed).toEqual([0.95]);
  await expect.poll(() => input.value).toBe('95');
  // What cannot be used is not kept.
  type('805');
  await expect.poll(() => input.value).toBe('805');
  enter();
  await expect.poll(() => input.value).toBe('95');
  expect(committed).toEqual([0.95]);
});

test('a rule that an administrator has set is read-only and says so, the others are not', () => {
  const root = openRoot('');
  const rules = { ...DEFAULT_RULES, targetRoi: 0.3, payout: 4.5 };
  const line = (
    <RulesLine
      rules={rules}
      fixed={['targetRoi', 'confidence']}
      currency="USD"
      payout={null}
      onChange={() => {}}
    />
  );
  render(line, root);
  const inputs = [...root.querySelectorAll<HTMLInputElement>('input[type=number]')];
  expect(inputs.map(({ name, value, readOnly }) => [name, value, readOnly])).toEqual([
    ['target-roi', '30', true],
    ['confidence', '95', true],
    ['approval', '100', false],
    ['payout', '4.5', false],
    ['own-spend', '1', false],
    ['delay-hours', '24', false],
  ]);
  const says = inputs.map((one) =>
    one.labels?.[0]?.textContent?.includes('set by your administrator'),
  );
  expect(says).toEqual([true, true, false, false, false, false]);
});
