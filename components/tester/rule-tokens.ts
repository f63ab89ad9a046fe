/** Colours for rules as they are typed. The engine's own parser finds the faults; this only tells words apart. */
import type { StreamParser } from '@codemirror/language';

interface SplState {
  /** The next word is a command's name. */
  command: boolean;
  comment: boolean;
}

const OPERATORS =
  /^(?:AND|OR|NOT|XOR|IN|LIKE|BY|by|AS|as|OUTPUT|OUTPUTNEW|WHERE|where|FROM|from|OVER|over)\b/;

export const splTokens: StreamParser<SplState> = {
  name: 'spl',
  startState: () => ({ command: true, comment: false }),
  token(stream, state) {
    if (state.comment || stream.match('```')) {
      // A comment may run over several lines.
      state.comment = true;
      while (!stream.eol()) {
        if (stream.match('```')) {
          state.comment = false;
          break;
        }
        stream.next();
      }
      return 'comment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^[|[]/)) {
      state.command = true;
      return 'keyword';
    }
    if (stream.match(/^`[^`]*`?/)) {
      state.command = false;
      return 'macroName';
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'propertyName';
    if (stream.match(OPERATORS)) {
      state.command = false;
      return 'operatorKeyword';
    }
    if (stream.match(/^[\w.{}*:-]+(?=\s*\()/)) {
      state.command = false;
      return 'variableName.function';
    }
    if (stream.match(/^[\w.{}*:-]+(?=\s*(?:[!<>=]=?|IN\b))/)) {
      state.command = false;
      return 'propertyName';
    }
    if (stream.match(/^[\w.{}*:-]+/)) {
      const command = state.command;
      state.command = false;
      return command ? 'keyword' : null;
    }
    stream.next();
    return null;
  },
  languageData: { closeBrackets: { brackets: ['(', '[', '"', '`'] } },
};

export const sigmaTokens: StreamParser<Record<string, never>> = {
  name: 'sigma',
  startState: () => ({}),
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^']|'')*'?/)) return 'string';
    if (stream.match(/^[\w.\-|]+(?=:(?:\s|$))/)) return 'propertyName';
    if (stream.match(/^(?:and|or|not|of|all|them|1)\b/)) return 'operatorKeyword';
    if (stream.match(/^[^\s:#"']+/)) return null;
    stream.next();
    return null;
  },
};
