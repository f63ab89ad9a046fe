import { describe, expect, it } from 'vitest';
import { expandMacros, type MacroDefinition, parse } from './index.ts';

function expand(text: string, ...definitions: [string, string, ...string[]][]) {
  const known = new Map<string, MacroDefinition>(
    definitions.map(([name, definition, ...args]) => [`${name}/${args.length}`, { name, args, definition }]),
  );
  return expandMacros(text, (name, count) => known.get(`${name}/${count}`));
}

describe('expandMacros', () => {
  it('replaces calls, arguments and calls inside definitions', () => {
    const { text, uses, diagnostics } = expand(
      '`base` | `time(firstTime)`',
      ['base', 'index=`idx` sourcetype=x'],
      ['idx', 'main'],
      ['time', 'convert ctime($field$)', 'field'],
    );
    expect(text).toBe('index=main sourcetype=x | convert ctime(firstTime)');
    expect(diagnostics).toEqual([]);
    expect(uses).toEqual([
      { name: 'base', args: [], range: { start: 0, end: 6 }, via: [] },
      { name: 'idx', args: [], range: { start: 0, end: 6 }, via: ['base(0)'] },
      { name: 'time', args: ['firstTime'], range: { start: 9, end: 26 }, via: [] },
    ]);
  });

  it('tells macros apart by the number of arguments, and splits those at top-level commas', () => {
    expect(expand('`m("a,b", f(c,d))` `m`', ['m', '<$x$|$y$>', 'x', 'y'], ['m', 'none']).text).toBe(
      '<a,b|f(c,d)> none',
    );
  });

  it('leaves backticks in double quotes and in comments alone', () => {
    const text = 'x="`m`" ```about `m` ``` `m`';
    expect(expand(text, ['m', 'y']).text).toBe('x="`m`" ```about `m` ``` y');
  });

  it('has the definitions that every detection relies on', () => {
    expect(expand('| `drop_dm_object_name("All_Email")` | `any_filter`').text).toBe(
      '| rename "All_Email.*" as * | search *',
    );
    expect(expand('`any_filter`', ['any_filter', 'search x=1']).text).toBe('search x=1');
  });

  it('reports what it cannot expand and leaves it in place', () => {
    const { text, diagnostics } = expand('`nope(1)` `a` `b`', ['a', '`b`'], ['b', '`a`']);
    expect(text).toBe('`nope(1)` `a` `b`');
    expect(diagnostics.map(({ code, message, range }) => [code, message, range?.start])).toEqual([
      ['unknown-macro', 'No macro `nope` with 1 argument is defined: define it, or correct the name.', 0],
      ['macro-cycle', 'The macro `a` calls itself: a(0) → b(0) → a(0).', 10],
      ['macro-cycle', 'The macro `b` calls itself: b(0) → a(0) → b(0).', 14],
    ]);
  });

  it('names the macro that a mistyped call meant', () => {
    const known = { name: 'sysmon', args: [], definition: 'sourcetype=x' };
    const resolve = Object.assign(
      (name: string, count: number) => (name === 'sysmon' && count === 0 ? known : undefined),
      { names: () => ['sysmon', 'wineventlog'] },
    );
    const messages = (text: string) => expandMacros(text, resolve).diagnostics.map(({ message }) => message);
    expect(messages('`sysmom` `sysmon(1)` `other`')).toEqual([
      'No macro `sysmom` with 0 arguments is defined; did you mean `sysmon`?',
      'No macro `sysmon` with 1 argument is defined: it takes another number.',
      'No macro `other` with 0 arguments is defined: define it, or correct the name.',
    ]);
  });

  it('says that eval-based definitions are not supported', () => {
    const { diagnostics } = expandMacros('`m`', () => ({
      name: 'm',
      args: [],
      definition: 'now()',
      isEval: true,
    }));
    expect(diagnostics.map(({ code }) => code)).toEqual(['macro-eval-unsupported']);
  });

  it('bounds nesting and length', () => {
    const chain = Array.from({ length: 40 }, (_, i): [string, string] => [`m${i}`, `\`m${i + 1}\``]);
    expect(expand('`m0`', ...chain).diagnostics.map(({ code }) => code)).toEqual(['macro-nesting']);
    const doubling = Array.from({ length: 18 }, (_, i): [string, string] => [
      `d${i}`,
      `\`d${i + 1}\` \`d${i + 1}\``,
    ]);
    const { diagnostics, text } = expand('`d0`', ...doubling, ['d18', 'x'.repeat(100)]);
    expect(diagnostics.map(({ code }) => code)).toContain('macro-too-long');
    expect(text.length).toBeLessThan(5_000_000);
  });

  it('maps a message about expanded text to what was typed', () => {
    const typed = 'index=a | `m(x)` | where y= | head';
    const expansion = expand(typed, ['m', 'stats count by', 'f']);
    const ranges = parse(expansion.text).diagnostics.map(({ range }) => expansion.mapRange(range!));
    expect(ranges.map(({ start, end }) => typed.slice(start, end))).toEqual(['|', '|']);
    const inside = expansion.text.indexOf('count');
    const mapped = expansion.mapRange({ start: inside, end: inside + 5 });
    expect(typed.slice(mapped.start, mapped.end)).toBe('`m(x)`');
  });
});
