import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { ensureXvfb } from '../../browsers/find.ts';
import { parseChord } from './keys.ts';
import { until } from './until.ts';

/** Names of keys where X11 (keysyms) differs from `KeyboardEvent.key`. */
const KEYSYMS: Record<string, string> = {
  ' ': 'space',
  '+': 'plus',
  ',': 'comma',
  '.': 'period',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  Backspace: 'BackSpace',
  Control: 'ctrl',
  Enter: 'Return',
  Meta: 'super',
  PageDown: 'Next',
  PageUp: 'Prior',
};

/** A screen without a screen: Xvfb on a free number, with a window manager so that windows get the focus. */
export class VirtualDisplay {
  /** For the DISPLAY variable: ':100'. */
  readonly name: string;
  readonly #processes: ChildProcess[];

  private constructor(name: string, processes: ChildProcess[]) {
    this.name = name;
    this.#processes = processes;
  }

  static async open(): Promise<VirtualDisplay> {
    await ensureXvfb();
    // -displayfd: Xvfb takes the first free number and writes it to that descriptor.
    const screen = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    const numbers = screen.stdio[3];
    let written = '';
    numbers?.on('data', (chunk) => {
      written += String(chunk);
    });
    await until('Xvfb to start', () => /^\d+\n/.test(written));
    const name = `:${written.trim()}`;
    const manager = spawn('openbox', [], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: name },
    });
    return new VirtualDisplay(name, [manager, screen]);
  }

  /** Presses a chord in the active window. */
  async press(keys: string): Promise<void> {
    const { modifiers, key } = parseChord(keys);
    const names = [...modifiers, key].map((each) => KEYSYMS[each] ?? each);
    const chord = names.map((each) => (each in { Alt: 1, Shift: 1 } ? each.toLowerCase() : each));
    await this.#xdotool(['key', '--clearmodifiers', chord.join('+')]);
  }

  /**
   * Waits until a window has the focus: gives it to one with this in its title when none has. A
   * window that has it keeps it, for it may be a prompt.
   */
  async ensureActive(title: string): Promise<void> {
    await until(`a window titled ${title}`, async () => {
      if (await this.#xdotool(['getactivewindow']).catch(() => '')) return true;
      const ids = await this.#xdotool(['search', '--onlyvisible', '--name', title]).catch(() => '');
      const id = ids.trim().split('\n').at(-1);
      if (id) await this.#xdotool(['windowactivate', '--sync', id]);
      return false;
    });
  }

  close(): void {
    for (const child of this.#processes) child.kill();
  }

  async #xdotool(args: string[]): Promise<string> {
    const env = { ...process.env, DISPLAY: this.name };
    const { stdout } = await promisify(execFile)('xdotool', args, { env, timeout: 5_000 });
    return stdout;
  }
}
