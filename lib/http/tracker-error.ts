/** PHP's own message, in HTML or plain: `<b>Warning</b>:  Undefined variable $x in <b>/a.php</b> on line <b>3</b>`. */
const PHP_MESSAGE =
  /(?:(?:Fatal|Parse|Recoverable fatal|Catchable fatal) error|Warning|Notice|Deprecated|Strict Standards)(?:<\/b>)?:\s[\s\S]{1,2000}?\son line (?:<b>)?\d+/;
/** Elements of a whole page; PHP's messages have none of them. */
const PAGE = /<(?:!doctype|html|head|body|form)\b/i;
/** Where in a body PHP's messages are looked for, from either end. */
const REACH = 4_000;
/** Brackets at which JSON may begin; a message in front of it has a few of its own. */
const MOST_BRACKETS = 50;
/** Longest quotation. */
const LENGTH = 200;

/**
 * What a broken tracker wrote around its JSON, or in its place: a message of PHP, or any other HTML in
 * front of the JSON. A page without JSON is none: it is a landing page or a sign-in.
 *
 * @param body not JSON as a whole, trimmed
 * @returns the words as they are, tags and all; null = there are none
 */
export function trackerErrorIn(body: string): string | null {
  const message =
    PHP_MESSAGE.exec(body.slice(0, REACH)) ?? PHP_MESSAGE.exec(body.slice(-REACH)) ?? null;
  const html = body.startsWith('<');
  if (!html && message === null) return null;
  const end = startOfJson(body);
  if (end === null && (message === null || (html && PAGE.test(body)))) return null;
  return message?.[0] ?? body.slice(0, Math.min(end ?? REACH, REACH));
}

/** Where the JSON begins that the body ends with. */
function startOfJson(body: string): number | null {
  const brackets = body.slice(0, REACH).matchAll(/[[{]/g);
  for (const { index } of brackets.take(MOST_BRACKETS)) {
    try {
      JSON.parse(body.slice(index));
      return index;
    } catch {
      // A bracket of the message.
    }
  }
  return null;
}

/** The words without tags and line breaks, shortened. */
export function quoted(words: string): string {
  const text = words
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return (text || words).slice(0, LENGTH);
}
