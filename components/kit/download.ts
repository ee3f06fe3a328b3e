const TYPES = { txt: 'text/plain', csv: 'text/csv', json: 'application/json' } as const;

/** Downloads a text file. */
export function download(
  text: string,
  name: string,
  ending: keyof typeof TYPES,
  within: HTMLElement | null,
): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${TYPES[ending]};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  (within ?? document.body).append(link);
  link.click();
  link.remove();
  // By then the download no longer needs the URL.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
