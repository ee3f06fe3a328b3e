import { charactersBeyond } from '../../lib/report/format.ts';

/** Characters kept at the end of a truncated name. */
const END_LENGTH = 8;

/**
 * A name from outside: bidi-isolated, and truncated in the middle if it exceeds
 * `maxLength` characters or the space. Tooltip and screen readers get all of it.
 */
export function Name({ text, maxLength = 42 }: { text: string; maxLength?: number }) {
  const characters = charactersBeyond(text, maxLength);
  if (!characters) return <bdi class="name">{text}</bdi>;
  const start = characters.slice(0, maxLength - 1 - END_LENGTH).join('');
  return (
    <bdi class="name" title={text}>
      <span class="middle" aria-hidden="true">
        <span class="start">{start}…</span>
        <span class="end">{characters.slice(-END_LENGTH).join('')}</span>
      </span>
      <span class="hidden-text">{text}</span>
    </bdi>
  );
}
