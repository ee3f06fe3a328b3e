type Stored = Readonly<Record<string, ReadonlyArray<readonly [key: string | undefined, unknown]>>>;

/**
 * Makes the database as version 1 made it, with IndexedDB alone: users have it so in their browsers.
 * @param stored records by store; with a key where they do not say it themselves
 */
export async function makeVersion1(stored: Stored): Promise<void> {
  const opening = indexedDB.open('crosstrack', 1);
  opening.onupgradeneeded = () => {
    const { result: database } = opening;
    for (const name of ['connections', 'links', 'previews']) {
      database.createObjectStore(name, { keyPath: 'id' });
    }
    const reports = database.createObjectStore('reports', { keyPath: 'key' });
    reports.createIndex('connection', 'connection');
    reports.createIndex('savedAt', 'savedAt');
    const journal = database.createObjectStore('journal', { keyPath: 'id' });
    journal.createIndex('state', 'state');
    journal.createIndex('createdAt', 'createdAt');
    database.createObjectStore('exports', { keyPath: 'id' }).createIndex('at', 'at');
    database.createObjectStore('settings');
    database.createObjectStore('cryptoKeys');
    for (const [name, records] of Object.entries(stored)) {
      const store = opening.transaction?.objectStore(name);
      for (const [key, record] of records) store?.put(record, key);
    }
  };
  await new Promise((done, fail) => {
    opening.onsuccess = done;
    opening.onerror = fail;
  });
  opening.result.close();
}
