/** Characters of its end that a shortened name keeps, however little room there is. */
const END_LENGTH = 8;

/**
 * A name that may be long, or in another direction, or hostile: isolated text.
 * Above `maxLength` characters, or where there is less room, its middle goes; the
 * whole is in the tooltip.
 */
export function Name({ text, maxLength = 42 }: { text: string; maxLength?: number }) {
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  if (characters.length <= maxLength) return <bdi class="name">{text}</bdi>;
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
