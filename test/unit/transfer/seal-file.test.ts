import { describe, expect, test } from 'vitest';
import { parseSettings, readFile } from '../../../lib/transfer/file.ts';
import { sealFile, unsealFile } from '../../../lib/transfer/seal-file.ts';

const PASSPHRASE = 'correct horse battery';
const SECRET = '{"key":"canary-key-123"}';

const open = (file: object, passphrase = PASSPHRASE) =>
  unsealFile(readFile(JSON.stringify(file)), passphrase);

const sealed = JSON.parse(await sealFile(SECRET, PASSPHRASE));

test('opens with its passphrase, however its letters are composed, and shows nothing in clear', async () => {
  expect(await open(sealed)).toBe(SECRET);
  expect(JSON.stringify(sealed)).not.toContain('canary');
  const accented = JSON.parse(await sealFile(SECRET, 'clé secrète'.normalize('NFC')));
  expect(await open(accented, 'clé secrète'.normalize('NFD'))).toBe(SECRET);
});

test('says how it was sealed', () => {
  expect(sealed).toMatchObject({
    crosstrack: 'sealed',
    version: 1,
    kdf: { name: 'PBKDF2', hash: 'SHA-256', rounds: 600_000 },
  });
});

test('two seals of one text share neither salt, IV nor data', async () => {
  const other = JSON.parse(await sealFile(SECRET, PASSPHRASE));
  expect(other.kdf.salt).not.toBe(sealed.kdf.salt);
  expect(other.iv).not.toBe(sealed.iv);
  expect(other.data).not.toBe(sealed.data);
});

test('another passphrase does not open it', async () => {
  await expect(open(sealed, 'wrong horse battery')).rejects.toMatchObject({
    problem: { kind: 'auth', text: 'transfer_passphrase' },
  });
});

const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

test.each<[string, object]>([
  ['data', { ...sealed, data: flipped(sealed.data) }],
  ['no data', { ...sealed, data: '' }],
  ['IV', { ...sealed, iv: flipped(sealed.iv) }],
  ['salt', { ...sealed, kdf: { ...sealed.kdf, salt: flipped(sealed.kdf.salt) } }],
  ['an added field', { ...sealed, note: 'x' }],
])('a changed file does not open: %s', async (_, file) => {
  await expect(open(file)).rejects.toMatchObject({ problem: { text: 'transfer_passphrase' } });
});

describe('a hostile header is refused before any work', () => {
  test.each<[string, object]>([
    ['too many rounds', { rounds: 10_000_001 }],
    ['far too many rounds', { rounds: 1e15 }],
    ['too few rounds', { rounds: 99_999 }],
    ['half a round', { rounds: 200_000.5 }],
    ['another derivation', { name: 'scrypt' }],
    ['another hash', { hash: 'MD5' }],
    ['a salt of nothing', { salt: '' }],
  ])('%s', async (_, change) => {
    await expect(open({ ...sealed, kdf: { ...sealed.kdf, ...change } })).rejects.toMatchObject({
      problem: { kind: 'input', text: 'transfer_damaged' },
    });
  });

  test('a newer version', async () => {
    await expect(open({ ...sealed, version: 7 })).rejects.toMatchObject({
      problem: { kind: 'unsupported', text: 'transfer_newer', values: ['7'] },
    });
  });
});

test('version 0, with the figures in the header itself, still opens', async () => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const header = {
    crosstrack: 'sealed',
    version: 0,
    rounds: 100_000,
    salt: Buffer.from(salt).toString('base64'),
    iv: Buffer.from(iv).toString('base64'),
  };
  const material = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(PASSPHRASE),
    'PBKDF2',
    false,
    ['deriveKey'],
  );
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 100_000 },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(JSON.stringify(header)) },
    key,
    new TextEncoder().encode(SECRET),
  );
  expect(await open({ ...header, data: Buffer.from(data).toString('base64') })).toBe(SECRET);
});

/** As an earlier version wrote it, byte for byte; never changed here. */
const KEPT = {
  crosstrack: 'sealed',
  version: 1,
  kdf: { name: 'PBKDF2', hash: 'SHA-256', rounds: 600_000, salt: 'uOfPxZCiF+Tm2M84pJhdIw==' },
  iv: 'UsXQ4oSJuMdLFcTB',
  data: 'OLHz6CdKGMQWhJwzF4y6yqHZWZy7NxLTEcVZx0gYs5cxy4FOk3datI6Ad6DNYCpKXD5gUTiNS8KYieZ3Lu9XSd+ooiN8Zl33RE3vz9zBTwZvRYlvHr8lhrRqEF2cGE+KGWIlGlzGjDukQ97n8TeviIwFDJso1ksnP9aeA7tdzqG1v9mVYLajtnGoyXRZRxZq17i50PYt/atezGxPKehiZhyvXxyvdjIrnHXXZWAPiMM2sCtBzG3jK55eJcAnXBlka2Gkq4+jY+yB964g28uQbni3lawpBxerULZ2VTo9PK3jZ6XLhtXhvNEBfwVpB6LbkFlNtIhTikn/nR4QWsN6t2yMXY3vSMqPi3IdB2kwhm2WKulicp8wT1eJY06Im44H8qu6TAnCbTbSbzakcvqMcJ3HTFmpU124GqeGltx0BLhTrp0qThkCkT5WoMYKiMRNL6sfv1hyHaANrZvkQ18hAySeZMh1AyyLivgrPYgLw0Q6Ew21p2oKzDlgeNnYt+r9vElGf+UPGUJcxdZolHsPXI0mOKblvFzuQKd3BRFPR33ewfBru4zRpCsi9LFhSpo1RaysEBeRWyWo4PbBJXguOZnqesqPejpTa1PfJd1aNwt7nVDeS148OMGRMiLLXC0Z8nDvM1IfbroRsVptmU4Wyaan9r9DHyvLncHdu9bogapAZGMQcg/g6a0=',
};

test('a file of version 1 opens, with its keys', async () => {
  const { connections } = parseSettings(readFile(await open(KEPT)), { sealed: true });
  expect(connections.map(({ credentials }) => credentials)).toEqual([
    { key: 'key-0123456789abcdef' },
    { key: 'key-0123456789abcdef', secret: 'door=ключ =&1' },
  ]);
});
