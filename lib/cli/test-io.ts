/** For tests of commands: runs one and gives what it wrote, and its exit code. */
import type { Io } from './io.ts';

export interface Called {
  code: number;
  out: string;
  err: string;
}

type Main = (args: string[], io: Io) => Promise<number>;

export async function called(main: Main, ...args: string[]): Promise<Called> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
    columns: 80,
  };
  return { code: await main(args, io), out, err };
}
