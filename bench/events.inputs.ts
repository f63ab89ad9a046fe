/** Logs made for measuring, the same wherever they are made: one event of each format, with a few values that vary. */

export const xmlEvent = (n: number) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385F-C22A-43E0-BF4C-06F5698FFBD9}'/><EventID>1</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2025-10-08T11:03:46.6179203Z'/><EventRecordID>${n}</EventRecordID><Correlation/><Execution ProcessID='2912' ThreadID='3424'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws-${n % 50}.example.org</Computer><Security UserID='S-1-5-18'/></System><EventData><Data Name='RuleName'>-</Data><Data Name='UtcTime'>2025-10-08 11:03:46.615</Data><Data Name='ProcessGuid'>{96128EA2-F212-5F7E-E400-000000007F01}</Data><Data Name='ProcessId'>${n % 9000}</Data><Data Name='Image'>C:\\Windows\\System32\\cmd.exe</Data><Data Name='FileVersion'>10.0.14393.0 (rs1_release.160715-1616)</Data><Data Name='Description'>Windows Command Processor</Data><Data Name='Product'>Windows</Data><Data Name='Company'>Microsoft Corporation</Data><Data Name='OriginalFileName'>Cmd.Exe</Data><Data Name='CommandLine'>"C:\\Windows\\system32\\cmd.exe" /c "echo ${n} &amp; whoami /all"</Data><Data Name='CurrentDirectory'>C:\\Users\\a\\</Data><Data Name='User'>EXAMPLE\\user${n % 20}</Data><Data Name='IntegrityLevel'>High</Data><Data Name='Hashes'>MD5=F4F684066175B77E0C3A000549D2922C,SHA256=935C1861DF1F4018D698E8B65ABFA02D7E9037D8F68CA3C2065B6CA165D44AD2</Data><Data Name='ParentProcessGuid'>{96128EA2-F211-5F7E-DF00-000000007F01}</Data><Data Name='ParentProcessId'>4624</Data><Data Name='ParentImage'>C:\\Windows\\explorer.exe</Data><Data Name='ParentCommandLine'>explorer.exe</Data></EventData></Event>\n`;

export const jsonEvent = (n: number) =>
  `${JSON.stringify({ timestamp: '2025-10-17T01:24:52.149017+0000', flow_id: 721124494649885 + n, in_iface: 'ens5', event_type: 'flow', src_ip: `10.0.${n % 250}.1`, src_port: 30880, dest_ip: '192.0.2.2', dest_port: 80, proto: 'TCP', app_proto: 'http', flow: { pkts_toserver: 6, pkts_toclient: 4, bytes_toserver: 640 + n, bytes_toclient: 660, start: '2025-10-17T01:20:23.829981+0000', end: '2025-10-17T01:22:11.831172+0000', age: 108, state: 'closed', reason: 'timeout', alerted: false }, tcp: { tcp_flags: '1b', syn: true, fin: true, psh: true, ack: true, state: 'closed' }, note: 'x'.repeat(300) })}\n`;

export const csvEvent = (n: number) =>
  `2025-10-17T01:24:52Z,10.0.0.${n % 250},user${n},"GET /index?q=${n}",200,${n * 7}\n`;
export const auditEvent = (n: number) =>
  `type=SYSCALL msg=audit(1723035666.627:${n}): arch=c000003e syscall=59 success=yes exit=0 a0=556a6d697a58 a1=556a6d68ad00 items=2 ppid=1300 pid=${n} auid=1000 uid=0 gid=0 tty=pts1 ses=1 comm="lsmod" exe="/usr/bin/kmod" key="rootcmd"\u001dARCH=x86_64 SYSCALL=execve AUID="ubuntu" UID="root"\n`;

const encoder = new TextEncoder();

/** About `megabytes` of the events, one after another. */
export function made(event: (n: number) => string, megabytes: number, before = ''): Uint8Array {
  const block: string[] = [before];
  let size = 0;
  for (let n = 0; size < megabytes * 1e6; n++) {
    const text = event(n);
    block.push(text);
    size += text.length;
  }
  return encoder.encode(block.join(''));
}
