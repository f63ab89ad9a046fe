/**
 * Process-creation events from a seed, one JSON object per line, about 770 bytes each, shaped like Sysmon's event 1 as the
 * add-on shows it: a few hosts and programs, many command lines (about a third distinct), an identifier per event.
 */

const PROGRAMS = [
  'svchost.exe',
  'chrome.exe',
  'msedge.exe',
  'conhost.exe',
  'backgroundTaskHost.exe',
  'RuntimeBroker.exe',
  'cmd.exe',
  'powershell.exe',
  'rundll32.exe',
  'taskhostw.exe',
  'dllhost.exe',
  'SearchProtocolHost.exe',
  'WmiPrvSE.exe',
  'git.exe',
  'node.exe',
  'python.exe',
  'msiexec.exe',
  'reg.exe',
  'net.exe',
  'schtasks.exe',
  'wermgr.exe',
  'explorer.exe',
  'Teams.exe',
  'OneDrive.exe',
  'code.exe',
  'notepad.exe',
  'wscript.exe',
  'mshta.exe',
  'certutil.exe',
  'regsvr32.exe',
]; // biome formats this list

/** Deterministic numbers in [0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function hex(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  return text.slice(0, digits);
}

function commandLine(program: string, random: () => number): string {
  const roll = random();
  if (program === 'msiexec.exe' && roll < 0.03)
    return `msiexec.exe /q /i http://10.0.${Math.floor(random() * 255)}.7/setup-${hex(random, 6)}.msi`;
  if (roll < 0.62)
    return `"C:\\Program Files\\Vendor Suite\\bin\\${program}" --type=renderer --profile-directory=Default --field-trial-handle=${Math.floor(random() * 40)}`;
  return `C:\\Windows\\System32\\${program} -k netsvcs -p -s Schedule --session ${hex(random, 8)} --log "C:\\ProgramData\\Vendor\\logs\\${hex(random, 6)}.log"`;
}

function guid(random: () => number): string {
  return `{${hex(random, 8)}-${hex(random, 4)}-${hex(random, 4)}-0000-${hex(random, 12)}}`;
}

/** One event as a flat object. */
export function sysmonEvent(number: number, random: () => number): Record<string, string | number> {
  // Squaring makes a few programs common and the others rare, as on real hosts.
  const program = PROGRAMS[Math.floor(random() ** 2 * PROGRAMS.length)]!;
  const parent = PROGRAMS[Math.floor(random() ** 2 * PROGRAMS.length)]!;
  const host = `host-${String(Math.floor(random() * 200)).padStart(3, '0')}.corp.example.com`;
  const user = `CORP\\user${Math.floor(random() * 500)}`;
  const parentGuid = guid(random);
  return {
    _time: 1_700_000_000 + Math.floor(number / 10),
    source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
    sourcetype: 'XmlWinEventLog',
    index: 'win',
    EventCode: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    dest: host,
    user,
    process_name: program,
    process: commandLine(program, random),
    process_path: `C:\\Windows\\System32\\${program}`,
    process_id: Math.floor(random() * 20000),
    process_guid: guid(random),
    parent_process_name: parent,
    parent_process: `C:\\Windows\\System32\\${parent} -Embedding`,
    parent_process_guid: parentGuid,
    IntegrityLevel: random() < 0.2 ? 'High' : 'Medium',
    process_hash: `SHA256=${(program.length * 7919).toString(16).padStart(8, '0').repeat(8)}`,
  };
}

/** `count` events as the bytes of NDJSON, in pieces of about 1 MiB. */
export function* sysmonNdjson(count: number, seed: number): Generator<Uint8Array> {
  const random = randomFrom(seed);
  const encoder = new TextEncoder();
  let lines: string[] = [];
  let length = 0;
  for (let number = 0; number < count; number += 1) {
    const line = JSON.stringify(sysmonEvent(number, random));
    lines.push(line);
    length += line.length + 1;
    if (length > 1 << 20) {
      yield encoder.encode(`${lines.join('\n')}\n`);
      lines = [];
      length = 0;
    }
  }
  if (lines.length > 0) yield encoder.encode(`${lines.join('\n')}\n`);
}
