import { expect, test } from 'vitest';
import { lightnessOf } from '../../../lib/page/theme.ts';

test.each([
  ['rgb(255, 255, 255)', 1],
  ['rgb(0, 0, 0)', 0],
  ['rgb(0, 128, 0)', 0.29],
  ['rgba(255, 255, 255, 0.9)', 1],
  ['color(srgb 1 1 1)', 1],
  ['color(srgb 0.1 0.1 0.1)', 0.1],
  ['color(srgb 0.1 0.1 0.1 / 0.8)', 0.1],
  ['color(srgb none 0 0)', 0],
  ['color(srgb 1e-7 0 0)', 0],
  ['color(display-p3 0.1 0.1 0.1)', 0.1],
  ['color(xyz-d65 0.9 0.9 0.9)', 0.9],
  ['oklch(0.2 0.05 260)', 0.2],
  ['oklch(0.97 none none)', 0.97],
  ['oklab(0.97 -0.01 0.01)', 0.97],
  ['oklab(0.2 -0.01 0.01 / 0.7)', 0.2],
  ['lab(95 -1 2)', 0.95],
  ['lch(12 30 260)', 0.12],
])('%s is as light as %f', (color, lightness) => {
  expect(lightnessOf(color)).toBeCloseTo(lightness, 2);
});

test.each([
  'rgba(0, 0, 0, 0)',
  'rgba(255, 255, 255, 0.4)',
  'color(srgb 0 0 0 / 0)',
  'color(display-p3 0 0 0 / 0.2)',
  'oklch(0.2 0.05 260 / 0.1)',
  'lab(95 -1 2 / 10%)',
  'transparent',
  '',
])('where %j is painted, what lies below is seen', (color) => {
  expect(lightnessOf(color)).toBeNull();
});
