import { middleEllipsis } from '../../lib/report/format.ts';

/** A name that may be long, or in another direction, or hostile: isolated text, whole in the tooltip. */
export function Name({ text, most = 42 }: { text: string; most?: number }) {
  const short = middleEllipsis(text, most);
  return (
    <bdi class="name" {...(short === text ? {} : { title: text })}>
      {short === text ? (
        text
      ) : (
        <>
          <span aria-hidden="true">{short}</span>
          <span class="hidden-text">{text}</span>
        </>
      )}
    </bdi>
  );
}
