import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanName, foldName } from '../../../lib/compare/names.ts';

describe('names', () => {
  test.each([
    ['Summer push DE', '  summer   PUSH-de '],
    ['Nutra FR native', 'nutra_fr_native'],
    ['Nutra FR native', 'NUTRA  FR - native'],
    ['Ｗｉｄｅ', 'wide'],
    ['a\u202Eb', 'ab'],
    ['VPN [US] (new)', 'vpn us new'],
    ['Émile', 'E\u0301mile'],
    ['2026-01-15', '2026/01/15'],
    ['DE – FR', 'de-fr'],
  ])('%j and %j fold alike', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  test.each([
    ['Push 🇩🇪', 'Push 🇫🇷'],
    ['Test +', 'Test -'],
    ['Test +', 'Test'],
    ['Test -', 'Test'],
    ['Test −', 'Test'],
    ['Age <18', 'Age >18'],
    ['Age 18+', 'Age 18-'],
    ['Age 18-', 'Age 18'],
    ['Bid -20 %', 'Bid 20 %'],
    ['-20 % bid', '20 % bid'],
    ['Age 18- DE', 'Age 18 DE'],
    ['$ offers', '€ offers'],
    ['C#', 'C'],
    ['10²', '102'],
    ['A & B', 'A B'],
    ['1.5', '15'],
    ['№1', 'No1'],
  ])('%j and %j are different', (a, b) => {
    expect(foldName(a)).not.toBe(foldName(b));
  });

  test('clean, they keep their case and lose what nobody sees', () => {
    expect(cleanName('  A\u200B  b\u200F ')).toBe('A b');
    expect(cleanName('Plain name')).toBe('Plain name');
    expect(cleanName('A  b')).toBe('A b');
    expect(cleanName('E\u0301')).toBe('É');
    expect(cleanName('\u200Bж')).toBe('ж');
    expect(cleanName('Push \u200Bж')).toBe('Push ж');
  });
});

test('outer spaces change nothing, whatever signs a name has', () => {
  const name = fc.string({ unit: 'binary-ascii', maxLength: 12 });
  fc.assert(
    fc.property(name, (text) => {
      expect(foldName(text)).toBe(foldName(` ${text} `));
    }),
    { numRuns: 3_000 },
  );
});
