/** Where a command writes. Tests pass their own; nothing else in lib/ touches the process's streams. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches: progress is redrawn in place, else said once per step. */
  interactive: boolean;
  columns: number;
}

export function createIo(): Io {
  // A reader that has seen enough (`| head`) closes the pipe: that is an end, not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true && process.env.CI !== 'true',
    columns: process.stderr.columns ?? 80,
  };
}

/** Says how long work goes: a redrawn line on a terminal, one line per finished step elsewhere. */
export class Progress {
  private drawn = false;
  private started = 0;
  private step = '';

  constructor(private readonly io: Io) {}

  begin(step: string): void {
    this.step = step;
    this.started = performance.now();
    this.draw(`${step}…`);
  }

  at(done: number, total: number): void {
    if (!this.io.interactive || total === 0) return;
    const width = 24;
    const filled = Math.min(width, Math.round((width * done) / total));
    this.draw(`${this.step} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`);
  }

  end(result: string): void {
    this.clear();
    this.io.err(`${this.step}: ${result} (${seconds(performance.now() - this.started)})\n`);
  }

  clear(): void {
    if (this.drawn) this.io.err('\r\x1b[2K');
    this.drawn = false;
  }

  private draw(text: string): void {
    if (!this.io.interactive) return;
    this.io.err(`\r\x1b[2K${text.slice(0, this.io.columns - 1)}`);
    this.drawn = true;
  }
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
