import type { EventType, SourceType } from '../source-type.ts';
import type { Step } from '../steps.ts';

const WEB: readonly EventType[] = [{ name: 'web_access', tags: ['web'] }];

const STATUS_WORDS: Readonly<Record<string, string>> = {
  '200': 'OK',
  '201': 'Created',
  '204': 'No Content',
  '206': 'Partial Content',
  '301': 'Moved Permanently',
  '302': 'Found',
  '304': 'Not Modified',
  '400': 'Bad Request',
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '404': 'Not Found',
  '405': 'Method Not Allowed',
  '429': 'Too Many Requests',
  '500': 'Internal Server Error',
  '502': 'Bad Gateway',
  '503': 'Service Unavailable',
};

const WEB_DERIVED: readonly Step[] = [
  { derive: 'http_user_agent_length', from: 'http_user_agent', by: 'length' },
  { derive: 'url_length', from: 'url', by: 'length' },
  { derive: 'url_domain', from: ['url_domain', 'site', 'url'], by: 'urlHost' },
  { map: 'status_description', from: 'status', table: STATUS_WORDS },
  { derive: 'status_class', from: 'status', by: 'statusClass' },
  { map: 'action', from: 'status_class', table: { success: 'success', failure: 'failure' } },
  { map: 'status_type', from: 'status_class', table: { success: 'Success', failure: 'Client Error' } },
  { drop: ['status_class'] },
];

/** NGINX access log in key=value form. */
export const nginx: SourceType = {
  sourcetype: 'nginx:plus:kv',
  names: ['nginx:*', 'nginx*'],
  source: '/var/log/nginx/access.log',
  host: ['server'],
  time: ['time_local'],
  recognise: ({ fields }) =>
    fields.has('nginx_version') || (fields.has('time_local') && fields.has('uri_path')),
  base: 'kv',
  steps: [
    {
      alias: {
        dest: ['dest_ip', 'server'],
        app: 'protocol',
        http_content_type: 'category',
        web_server: 'server',
        bytes: 'bytes_out',
        url: 'uri_path',
        version: 'nginx_version',
        http_referrer: 'http_referer',
      },
    },
    ...WEB_DERIVED,
    { set: { vendor: 'NGINX', product: 'nginx', vendor_product: 'NGINX' } },
  ],
  eventTypes: [...WEB, { name: 'nginx_plus_kv' }],
};

const ACCESS =
  /^(?<clientip>\S+) (?<ident>\S+) (?<user>\S+) \[(?<req_time>[^\]]*)\] "(?:(?<method>[A-Z]+) )?(?<uri>\S*)(?: (?<version>[^"]*))?" (?<status>\d{3}|-) (?<bytes>\d+|-)(?: "(?<referer>(?:[^"\\]|\\.)*)" "(?<useragent>(?:[^"\\]|\\.)*)")?/;

/** Common and combined log format (Apache, nginx, splunkd's own access log). */
export const accessCombined: SourceType = {
  sourcetype: 'access_combined',
  names: [
    'access_combined*',
    'access_common',
    'splunkd_ui_access',
    'splunkd_web_access',
    'splunkd_access',
    'apache:access*',
    'splunk_web_access',
  ],
  source: 'access.log',
  time: ['req_time'],
  recognise: ({ raw }) => ACCESS.test(raw),
  base: 'kv',
  steps: [
    { match: ACCESS, from: '_raw' },
    { derive: 'uri_path', from: 'uri', by: 'urlPath' },
    { derive: 'uri_query', from: 'uri', by: 'urlQuery' },
    {
      alias: {
        src: 'clientip',
        src_ip: 'clientip',
        http_method: 'method',
        url: 'uri',
        http_user_agent: 'useragent',
        http_referrer: 'referer',
        bytes_out: 'bytes',
      },
    },
    {
      match:
        /^Audit:\[timestamp=(?<timestamp>[^,]+), user=(?<user>[^,]+), action=(?<action>[^,]+), info=(?<info>[^,\]]+)/,
      from: '_raw',
    },
    ...WEB_DERIVED,
  ],
  eventTypes: WEB,
};

/** Internet Information Services, W3C columns. */
export const iis: SourceType = {
  sourcetype: 'ms:iis:auto',
  names: ['ms:iis*', 'iis', 'mswindows:iis'],
  source: 'iis',
  host: ['s_computername', 's_ip'],
  recognise: ({ fields }) =>
    fields.has('cs_uri_stem') && fields.has('cs_method') && !fields.has('x_edge_location'),
  base: 'none',
  steps: [
    {
      alias: {
        src: 'c_ip',
        src_ip: 'c_ip',
        dest: 's_ip',
        dest_ip: 's_ip',
        dest_port: 's_port',
        http_method: 'cs_method',
        uri_path: 'cs_uri_stem',
        uri_query: 'cs_uri_query',
        url: 'cs_uri_stem',
        status: 'sc_status',
        http_user_agent: ['cs_User_Agent', 'cs_user_agent'],
        http_referrer: ['cs_Referer', 'cs_referer'],
        user: 'cs_username',
        bytes_in: 'cs_bytes',
        bytes_out: 'sc_bytes',
        response_time: 'time_taken',
        site: ['cs_host', 's_sitename'],
      },
    },
    ...WEB_DERIVED,
    { set: { vendor_product: 'Microsoft IIS' } },
  ],
  eventTypes: WEB,
};

export const crushftp: SourceType = {
  sourcetype: 'crushftp:sessionlogs',
  source: 'crushftp',
  recognise: ({ raw }) => /^[A-Z_]+\|\d\d\/\d\d\/\d{4} /.test(raw),
  base: 'kv',
  steps: [],
};

export const ivantiVtm: SourceType = {
  sourcetype: 'ivanti_vtm_audit',
  source: 'ivanti_vtm',
  recognise: ({ raw }) => /^\[\d\d\/[A-Z][a-z]{2}\/\d{4}:[^\]]+\]\s+USER=.*OPERATION=/.test(raw),
  base: 'kv',
  // Values are separated by tabs or runs of blanks, and `!!ABSENT!!` is what the appliance writes for none.
  steps: ['USER', 'GROUP', 'AUTH', 'IP', 'OPERATION', 'MODUSER', 'MODGROUP'].map((name) => ({
    match: new RegExp(`\\b${name}=(?<${name}>\\S+)`),
    from: '_raw',
  })),
};
