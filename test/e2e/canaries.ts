/** Something that may be found nowhere. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

const swapCase = (text: string): string =>
  [...text]
    .map((letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    )
    .join('');

/** The part of a text in base64 that does not depend on what stands before or after it. */
function base64Within(text: string, before: number): string {
  const encoded = Buffer.from('\0'.repeat(before) + text).toString('base64');
  const whole = Math.floor(((before + Buffer.byteLength(text)) * 8) / 6);
  return encoded.slice(Math.ceil((before * 8) / 6), whole);
}

/** The ways in which a secret could lie somewhere, by name. */
export function formsOf(value: string): ReadonlyArray<readonly [string, string]> {
  const bytes = Buffer.from(value);
  return [
    ['plain', value],
    ['without its ends', value.slice(4, -4)],
    ['in an address', encodeURIComponent(value)],
    ['in a form', new URLSearchParams([['', value]]).toString().slice(1)],
    ['in base64', base64Within(value, 0)],
    ['in base64 behind one byte', base64Within(value, 1)],
    ['in base64 behind two bytes', base64Within(value, 2)],
    ['in hexadecimal digits', bytes.toString('hex')],
    ['as numbers', [...bytes].join(',')],
    ['case reversed', swapCase(value)],
    ['backwards', [...value].reverse().join('')],
  ];
}

const IN_BASE64 = /base64/;

/**
 * What a text holds of secrets: "form of name" each; [] for nothing.
 * Only base64 tells capitals from small letters; its two alphabets count as one.
 */
export function findSecrets(text: string, secrets: readonly Secret[]): string[] {
  const small = text.toLowerCase();
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return secrets.flatMap(({ name, value }) =>
    formsOf(value)
      .filter(([form, written]) =>
        IN_BASE64.test(form) ? standard.includes(written) : small.includes(written.toLowerCase()),
      )
      .map(([form]) => `${name} ${form}`),
  );
}
