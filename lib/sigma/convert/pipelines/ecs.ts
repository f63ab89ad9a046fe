/** Elastic Common Schema as Winlogbeat and the Windows integration fill it. */
import { WINDOWS_SERVICES } from '../../match/windows-sources.ts';
import type { Pipeline } from './pipeline.ts';

const windows = (category: string | readonly string[], fields: Readonly<Record<string, string>>) => ({
  when: { product: 'windows', category },
  fields,
});

export const ECS_WINDOWS: Pipeline = {
  name: 'ecs_windows',
  title: 'Elastic Common Schema, Windows',
  unmapped: 'keep',
  // Event codes and the data of events are keywords.
  numbers: ['process.pid', 'process.parent.pid', 'source.port', 'destination.port'],
  parts: [
    {
      when: { product: 'windows' },
      prefix: 'winlog.event_data.',
      fields: {
        Channel: 'winlog.channel',
        EventID: 'event.code',
        Provider_Name: 'winlog.provider_name',
        ComputerName: 'winlog.computer_name',
        Computer: 'winlog.computer_name',
        FileName: 'file.path',
        ProcessGuid: 'process.entity_id',
        ProcessId: 'process.pid',
        Image: 'process.executable',
        SourceImage: 'process.executable',
        Destination: 'process.executable',
        CurrentDirectory: 'process.working_directory',
        ParentProcessGuid: 'process.parent.entity_id',
        ParentProcessId: 'process.parent.pid',
        ParentImage: 'process.parent.executable',
        ParentCommandLine: 'process.parent.command_line',
        TargetFilename: 'file.path',
        SourceIp: 'source.ip',
        SourceHostname: 'source.domain',
        SourcePort: 'source.port',
        DestinationIp: 'destination.ip',
        DestinationHostname: 'destination.domain',
        DestinationPort: 'destination.port',
        DestinationPortName: 'network.protocol',
        Initiated: 'network.direction',
        ImageLoaded: 'file.path',
        Signed: 'file.code_signature.signed',
        SignatureStatus: 'file.code_signature.status',
        PipeName: 'file.name',
        ScriptBlockText: 'powershell.file.script_block_text',
        // Winlogbeat takes the payload apart; what was invoked and with which arguments are values of the details.
        Payload: 'powershell.command.invocation_details.value',
        TargetObject: 'registry.path',
        QueryName: 'dns.question.name',
        QueryStatus: 'sysmon.dns.status',
        IpAddress: 'source.ip',
        IpPort: 'source.port',
        WorkstationName: 'source.domain',
        ProcessName: 'process.executable',
        User: 'user.name',
      },
      // As Winlogbeat 8 and the Windows integration say it, and as Winlogbeat 7 did.
      values: { Initiated: { true: ['egress', 'outbound'], false: ['ingress', 'inbound'] } },
    },
    windows('process_creation', {
      CommandLine: 'process.command_line',
      Company: 'process.pe.company',
      Description: 'process.pe.description',
      FileVersion: 'process.pe.file_version',
      OriginalFileName: 'process.pe.original_file_name',
      Product: 'process.pe.product',
    }),
    windows(['image_load', 'driver_load'], {
      Description: 'file.pe.description',
      OriginalFileName: 'file.pe.original_file_name',
    }),
    {
      when: { product: 'windows', service: 'security' },
      fields: {
        NewProcessName: 'process.executable',
        SubjectDomainName: 'user.domain',
        SubjectUserName: 'user.name',
        SubjectUserSid: 'user.id',
        SubjectLogonId: 'winlog.logon.id',
        ServiceName: 'service.name',
        DestPort: 'destination.port',
        ProcessId: 'process.pid',
      },
    },
    ...Object.entries(WINDOWS_SERVICES).map(([service, channels]) => ({
      when: { product: 'windows', service },
      demands: [{ field: 'winlog.channel', values: channels }],
    })),
  ],
};
