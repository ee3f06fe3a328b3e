import { connect, type Socket } from 'node:net';

/** How a command of Marionette failed; `error` is the protocol's word, such as 'no such element'. */
export class MarionetteError extends Error {
  readonly error: string;

  constructor(command: string, { error, message }: { error: string; message: string }) {
    super(`${command}: ${error}: ${message}`);
    this.error = error;
  }
}

/**
 * Firefox's own remote protocol: TCP, each message `LENGTH:JSON` with the length in bytes; a
 * command is `[0, id, name, parameters]`, its answer `[1, id, error, result]`. Commands are those of
 * Firefox's remote/marionette/driver.sys.mjs.
 */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #received: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#readMessages();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { command, reject } of this.#waiting.values()) {
        reject(new Error(`Firefox closed the connection during ${command}.`));
      }
      this.#waiting.clear();
    });
  }

  /** Connects and opens a session. */
  static async open(port: number, capabilities: object): Promise<Marionette> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const marionette = new Marionette(socket);
    await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: capabilities } });
    return marionette;
  }

  /**
   * The result of a command, without the `{value: …}` that some wrap it in.
   *
   * @throws MarionetteError
   */
  send<T>(command: string, parameters: object = {}): Promise<T> {
    this.#lastId += 1;
    const id = this.#lastId;
    const body = JSON.stringify([0, id, command, parameters]);
    return new Promise<T>((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error(`Firefox has closed the connection; ${command} was not sent.`));
        return;
      }
      this.#waiting.set(id, { command, resolve: (value) => resolve(value as T), reject });
      this.#socket.write(`${Buffer.byteLength(body)}:${body}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #readMessages(): void {
    for (;;) {
      const colon = this.#received.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.subarray(0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.subarray(colon + 1, end).toString());
      this.#received = this.#received.subarray(end);
      // The first message is Firefox's greeting, not an answer.
      if (Array.isArray(message)) this.#settle(message as [number, number, Failure, unknown]);
    }
  }

  #settle([, id, failure, result]: [number, number, Failure, unknown]): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure) waiting?.reject(new MarionetteError(waiting.command, failure));
    else waiting?.resolve(isWrapped(result) ? result.value : result);
  }
}

interface Waiting {
  command: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type Failure = { error: string; message: string } | null;

function isWrapped(result: unknown): result is { value: unknown } {
  return (
    typeof result === 'object' &&
    result !== null &&
    'value' in result &&
    Object.keys(result).length === 1
  );
}
