import { describe, expect, it } from 'vitest';
import { parse, print } from '../syntax/index.ts';
import { commandDocs } from './commands.docs.ts';
import { commandEntries, commandEntry } from './table.ts';

describe('the command table', () => {
  it('holds every command that published detections and their tools use', () => {
    const needed =
      'search convert rename tstats stats where eval table lookup rex fields bin bucket join eventstats fillnull spath inputlookup regex dedup foreach mvexpand iplocation outputlookup apply mstats sort append appendpipe transaction xmlkv map from replace fromjson addtotals makemv summary rare top timechart streamstats anomalydetection extract outlier multikv cyberchef head tail reverse chart makeresults union multisearch appendcols xyseries untable rangemap strcat nomv mvcombine format return tojson filldown datamodel collect sendalert into select';
    expect(needed.split(' ').filter((name) => !commandEntry(name))).toEqual([]);
  });

  it('names a command once', () => {
    const names = commandEntries().map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it.each(commandEntries().filter(({ shape }) => shape !== 'words'))(
    '$name: its example is read as this command and printed',
    (entry) => {
      const docs = commandDocs(entry.name)!;
      const { query, diagnostics } = parse(docs.example, { dialect: entry.spl2 ? 'spl2' : 'spl1' });
      expect(diagnostics).toEqual([]);
      expect(query.stages).toMatchObject([{ kind: 'command', name: entry.name, shape: entry.shape }]);
      expect(print(query)).toContain(entry.name === 'search' ? 'EventCode' : entry.name);
      expect(docs.summary).toMatch(/\.$/);
    },
  );
});
