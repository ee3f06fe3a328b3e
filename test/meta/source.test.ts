import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

const own = ['entrypoints', 'components', 'lib', 'test'].flatMap((folder) => sourceFiles(folder));
const shipped = ['entrypoints', 'components', 'lib'].flatMap((folder) => sourceFiles(folder));

function lines(files: typeof own, pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}

test('no test is skipped or singled out, and none sleeps or retries', () => {
  const tests = own.filter(
    ({ path }) => path.startsWith('test/') && path !== 'test/meta/source.test.ts',
  );
  expect(
    lines(
      tests,
      /\b(?:test|it|describe)\b[^\n(]*\.(?:only|skip|skipIf|runIf|todo|fixme|fail|fails|failing)\b|waitForTimeout|\bretry:|retries: [1-9]/,
    ),
  ).toEqual([]);
});

test('no HTML is made from data, and nothing is evaluated', () => {
  expect(
    lines(
      shipped,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function/,
    ),
  ).toEqual([]);
});

test('nothing talks to the page: no custom events on its document, messages to our own frame, worker and ports alone', () => {
  expect(
    lines(shipped, /\bpostMessage\(|new CustomEvent|window\.dispatchEvent|document\.dispatchEvent/),
  ).toEqual([
    expect.stringMatching(
      /^components\/kit\/score-worker\.ts:\d+: .*postMessage\(scorePlacements\(/,
    ),
    expect.stringMatching(/^components\/kit\/scorer\.ts:\d+: worker\.postMessage\(request\)/),
    expect.stringMatching(/^components\/panel\/panel-link\.ts:\d+: .*port\.postMessage\(message\)/),
    expect.stringMatching(
      /^lib\/page\/panel-frame\.ts:\d+: .*live\?\.port\?\.postMessage\(message\)/,
    ),
    expect.stringMatching(
      /^lib\/page\/panel-frame\.ts:\d+: to\.frame\.contentWindow\?\.postMessage\(invitation, deps\.origin, /,
    ),
  ]);
});

test('types are not switched off', () => {
  expect(
    lines(
      own.filter(({ path }) => path !== 'test/meta/source.test.ts'),
      /\bas any\b|@ts-ignore|@ts-nocheck|@ts-expect-error|biome-ignore/,
    ),
  ).toEqual([]);
});

test('open shadow roots are not used: the page could read them', () => {
  expect(lines(shipped, /mode:\s*['"]open['"]/)).toEqual([]);
});
