import type { SourceType } from '../source-type.ts';

const PAN_HEAD = [
  'future_use1',
  'receive_time',
  'serial_number',
  'type',
  'log_subtype',
  'version',
  'generated_time',
];
const PAN_FLOW = [
  'src_ip',
  'dest_ip',
  'src_translated_ip',
  'dest_translated_ip',
  'rule',
  'src_user',
  'dest_user',
  'app',
  'vsys',
  'src_zone',
  'dest_zone',
  'src_interface',
  'dest_interface',
  'log_forwarding_profile',
  'future_use3',
  'session_id',
  'repeat_count',
  'src_port',
  'dest_port',
  'src_translated_port',
  'dest_translated_port',
  'session_flags',
  'transport',
  'vendor_action',
];
const PAN_COLUMNS = { separator: ',', from: 'pan_csv', quoted: true } as const;
const PAN_CSV = {
  match:
    /(?<pan_csv>\d,\d{4}[-/]\d\d[-/]\d\d[T ][\d:]+Z?,\d+,(?:TRAFFIC|THREAT|SYSTEM|CONFIG|GLOBALPROTECT),.*)$/s,
  from: '_raw',
} as const;
const PAN_COMMON = [
  { alias: { src: 'src_ip', dest: 'dest_ip', user: 'src_user', dvc: 'serial_number', protocol: 'app' } },
  {
    map: 'action',
    from: 'vendor_action',
    table: {
      allow: 'allowed',
      alert: 'allowed',
      deny: 'blocked',
      drop: 'blocked',
      block: 'blocked',
      'reset-both': 'blocked',
      'reset-client': 'blocked',
      'reset-server': 'blocked',
      'block-url': 'blocked',
      sinkhole: 'blocked',
    },
    otherwise: 'unknown',
  },
  { set: { vendor_product: 'Palo Alto Networks Firewall' } },
  { drop: ['pan_csv', 'future_use1', 'future_use3'] },
] as const;

/** Palo Alto Networks: TRAFFIC log. */
export const panTraffic: SourceType = {
  sourcetype: 'pan:traffic',
  names: ['pan:traffic', 'pan_traffic'],
  source: 'pan:traffic',
  time: ['generated_time', 'receive_time'],
  recognise: ({ raw }) => /,TRAFFIC,/.test(raw.slice(0, 300)),
  base: 'none',
  steps: [
    PAN_CSV,
    {
      columns: [
        ...PAN_HEAD,
        ...PAN_FLOW,
        'bytes',
        'bytes_out',
        'bytes_in',
        'packets',
        'start_time',
        'duration',
        'http_category',
        'future_use4',
        'sequence_number',
        'action_flags',
        'src_location',
        'dest_location',
        'future_use5',
        'packets_out',
        'packets_in',
        'session_end_reason',
      ],
      ...PAN_COLUMNS,
    },
    ...PAN_COMMON,
  ],
  eventTypes: [{ name: 'pan_traffic', tags: ['network', 'communicate'] }],
};

/** Palo Alto Networks: THREAT log (url, wildfire, vulnerability ...). */
export const panThreat: SourceType = {
  sourcetype: 'pan:threat',
  names: ['pan:threat', 'pan_threat'],
  source: 'pan:threat',
  time: ['generated_time', 'receive_time'],
  recognise: ({ raw }) => /,THREAT,/.test(raw.slice(0, 300)),
  base: 'none',
  steps: [
    PAN_CSV,
    {
      columns: [
        ...PAN_HEAD,
        ...PAN_FLOW,
        'misc',
        'threat',
        'raw_category',
        'severity',
        'direction',
        'sequence_number',
        'action_flags',
        'src_location',
        'dest_location',
        'future_use4',
        'content_type',
        'pcap_id',
        'file_hash',
        'cloud_address',
        'url_index',
        'user_agent',
        'file_type',
        'xff',
        'referrer',
        'sender',
        'subject',
        'recipient',
        'report_id',
        '',
        '',
        '',
        '',
        'vsys_name',
        'dvc_name',
        '',
        '',
        '',
        'http_method',
      ],
      ...PAN_COLUMNS,
    },
    {
      alias: {
        url: 'misc',
        http_category: 'raw_category',
        http_user_agent: 'user_agent',
        http_content_type: 'content_type',
        http_referrer: 'referrer',
        category: 'raw_category',
        signature: 'threat',
      },
    },
    { derive: 'url_domain', from: 'misc', by: 'urlHost' },
    { derive: 'uri_path', from: 'misc', by: 'urlPath' },
    { derive: 'url_length', from: 'misc', by: 'length' },
    ...PAN_COMMON,
  ],
  eventTypes: [
    { name: 'pan_url', when: { log_subtype: 'url' }, tags: ['web', 'proxy'] },
    {
      name: 'pan_threat',
      when: { log_subtype: ['vulnerability', 'spyware', 'virus', 'wildfire', 'flood', 'scan', 'packet'] },
      tags: ['ids', 'attack'],
    },
  ],
};

/** Cisco ASA and Firepower syslog. */
export const ciscoAsa: SourceType = {
  sourcetype: 'cisco:asa',
  names: ['cisco:asa*', 'cisco:ftd*'],
  source: 'cisco_asa',
  host: ['dvc'],
  recognise: ({ raw }) => /%(?:ASA|FTD|PIX)-/.test(raw),
  base: 'kv',
  steps: [
    { match: /^(?:<\d+>)?[A-Z][a-z]{2} +\d+ (?:\d{4} )?[\d:]+ (?<dvc>\S+)/, from: '_raw' },
    {
      match:
        /%(?<product>ASA|FTD|PIX)-(?:(?<log_group>[a-z]+)-)?(?<log_level>\d)-(?<message_id>\d+): (?<message>.*)/s,
      from: '_raw',
    },
    {
      match:
        /(?<vendor_action>Built|Teardown|Deny|Denied|denied|permitted|executed|Login permitted|Login denied)/,
      from: 'message',
    },
    { match: /[Uu]ser '(?<user>[^']*)'/, from: 'message' },
    { match: /from IP (?<src_ip>[\d.]+)/, from: 'message' },
    { match: /executed (?:cmd: |the )?'?(?<command>[^']+?)'?(?: command\.?)?$/, from: 'message' },
    {
      match:
        / for [^:\s]+:(?<src_ip>[\d.]+)\/(?<src_port>\d+).* to [^:\s]+:(?<dest_ip>[\d.]+)\/(?<dest_port>\d+)/,
      from: 'message',
    },
    {
      alias: {
        src: 'src_ip',
        dest: ['dest_ip', 'dvc'],
        signature_id: 'message_id',
        severity_id: 'log_level',
      },
    },
    {
      map: 'action',
      from: 'vendor_action',
      table: {
        Built: 'allowed',
        Teardown: 'teardown',
        Deny: 'blocked',
        Denied: 'blocked',
        denied: 'blocked',
        permitted: 'allowed',
      },
    },
    { set: { vendor_product: 'Cisco ASA' } },
  ],
  eventTypes: [
    {
      name: 'cisco_asa_connection',
      when: { message_id: ['302013', '302014', '302015', '302016', '106023', '106100'] },
      tags: ['network', 'communicate'],
    },
    {
      name: 'cisco_asa_config_change',
      when: { message_id: ['111008', '111009', '111010'] },
      tags: ['change'],
    },
  ],
};

export const ciscoIos: SourceType = {
  sourcetype: 'cisco:ios',
  names: ['cisco:ios*'],
  source: 'cisco_ios',
  host: ['dvc'],
  recognise: ({ raw }) => /%[A-Z][A-Z0-9_]+-\d-[A-Z0-9_]+:/.test(raw.slice(0, 300)),
  base: 'kv',
  steps: [
    { match: /^(?:<\d+>)?[A-Z][a-z]{2} +\d+ [\d:.]+ (?<dvc>\S+)/, from: '_raw' },
    {
      match: /%(?<facility>[A-Z0-9_]+)-(?<severity_id>\d)-(?<mnemonic>[A-Z0-9_]+): (?<message_text>.*)/,
      from: '_raw',
    },
    { alias: { dest: 'dvc', vendor_message: 'message_text' } },
    {
      match: /^(?<disable_cause>\S+) error detected on (?<src_interface>[A-Za-z]+[\d/.]+)/,
      from: 'message_text',
    },
    { match: /Interface (?<src_interface>\S+), (?:changed|putting)/, from: 'message_text' },
    {
      match: /caused by MAC address (?<src_mac>[0-9a-fA-F.]+) on port (?<src_interface>\S+?)\.?$/,
      from: 'message_text',
    },
    { match: /^(?<src_int_prefix>[A-Za-z]+)(?<src_int_suffix>[\d/.]+)/, from: 'src_interface' },
    {
      map: 'src_int_prefix_long',
      from: 'src_int_prefix',
      table: {
        Gi: 'GigabitEthernet',
        Fa: 'FastEthernet',
        Te: 'TenGigabitEthernet',
        Eth: 'Ethernet',
        Po: 'Port-channel',
        Vl: 'Vlan',
        Lo: 'Loopback',
      },
    },
    { alias: { src_int_prefix_long: 'src_int_prefix' } },
    { set: { vendor_product: 'Cisco IOS', product: 'IOS', vendor: 'Cisco' } },
  ],
  eventTypes: [{ name: 'cisco_ios' }],
};

/** Cisco Secure Firewall through eStreamer. */
export const ciscoSecureFirewall: SourceType = {
  sourcetype: 'cisco:sfw:estreamer',
  names: ['cisco:sfw*'],
  source: 'not_applicable',
  time: ['EventSecond', 'LastPacketSecond', 'FirstPacketSecond'],
  recognise: ({ fields }) => fields.has('EventType') && fields.has('DeviceUUID'),
  base: 'json',
  steps: [
    {
      alias: {
        src: ['InitiatorIP', 'src_ip'],
        src_ip: 'InitiatorIP',
        src_port: 'InitiatorPort',
        dest: ['ResponderIP'],
        dest_ip: 'ResponderIP',
        dest_port: 'ResponderPort',
        transport: 'Protocol',
        signature: ['Message', 'EventType'],
        signature_id: ['GeneratorID', 'SignatureID'],
        rule: ['AC_RuleAction', 'FirewallRule'],
        action: ['AC_RuleAction', 'FirewallRuleAction'],
        app: ['ApplicationProtocol', 'ClientApplication'],
        url: 'URL',
        user: 'User',
        dvc: 'Device',
        bytes_in: 'ResponderBytes',
        bytes_out: 'InitiatorBytes',
        file_name: 'FileName',
        file_hash: 'SHA_Disposition',
        http_user_agent: 'UserAgent',
      },
    },
    { set: { vendor_product: 'Cisco Secure Firewall Threat Defense' } },
  ],
  eventTypes: [
    {
      name: 'cisco_sfw_connection',
      when: { EventType: 'ConnectionEvent' },
      tags: ['network', 'communicate'],
    },
    { name: 'cisco_sfw_intrusion', when: { EventType: 'IntrusionEvent' }, tags: ['ids', 'attack'] },
  ],
};
