import type { SourceType } from '../source-type.ts';

/** Cisco Isovalent (Tetragon): a process that starts in a container or on its node. */
export const isovalentProcess: SourceType = {
  sourcetype: 'cisco:isovalent:processExec',
  names: ['cisco:isovalent*'],
  source: 'not_applicable',
  host: ['node_name'],
  time: ['time', 'process_exec.process.start_time'],
  recognise: ({ fields }) => fields.has('process_exec.process.binary'),
  base: 'json',
  steps: [
    {
      alias: {
        process_path: 'process_exec.process.binary',
        process_id: 'process_exec.process.pid',
        process_guid: 'process_exec.process.exec_id',
        process_current_directory: 'process_exec.process.cwd',
        parent_process_path: 'process_exec.parent.binary',
        parent_process_id: 'process_exec.parent.pid',
        parent_process_guid: 'process_exec.process.parent_exec_id',
        user_id: 'process_exec.process.uid',
        user: ['process_exec.process.user', 'process_exec.process.uid'],
        pod_name: 'process_exec.process.pod.name',
        pod_namespace: 'process_exec.process.pod.namespace',
        container_id: 'process_exec.process.pod.container.id',
        dest: ['node_name', 'cluster_name'],
        dvc: 'node_name',
      },
    },
    { derive: 'process_name', from: 'process_exec.process.binary', by: 'basename' },
    { derive: 'process_exec', from: 'process_exec.process.binary', by: 'basename' },
    { derive: 'parent_process_name', from: 'process_exec.parent.binary', by: 'basename' },
    { derive: 'parent_process_exec', from: 'process_exec.parent.binary', by: 'basename' },
    // A command is the program's path and its arguments, which are apart in the event.
    { join: 'process', from: ['process_exec.process.binary', 'process_exec.process.arguments'], by: ' ' },
    {
      join: 'parent_process',
      from: ['process_exec.parent.binary', 'process_exec.parent.arguments'],
      by: ' ',
    },
    { set: { action: 'allowed', os: 'Linux', vendor_product: 'Cisco Isovalent' } },
  ],
  eventTypes: [{ name: 'cisco_isovalent_process_exec', tags: ['process', 'report', 'endpoint'] }],
};

/** Cisco Network Visibility Module: a flow of an endpoint with the program that had it. */
export const ciscoNvm: SourceType = {
  sourcetype: 'cisco:nvm:flowdata',
  names: ['cisco:nvm*'],
  source: 'not_applicable',
  host: ['vsn'],
  time: ['fes', 'fss', 'fem', 'fsm'],
  recognise: ({ fields }) => fields.has('fv') && fields.has('liuid'),
  base: 'json',
  steps: [
    {
      alias: {
        src: 'sa',
        src_ip: 'sa',
        src_port: 'sp',
        src_host: 'vsn',
        dest: ['dh', 'da'],
        dest_ip: 'da',
        dest_host: 'dh',
        dest_port: 'dp',
        bytes_in: 'ibc',
        bytes_out: 'obc',
        process_name: 'pn',
        process_exec: 'pn',
        process_path: 'pp',
        process: ['parg', 'pp'],
        process_id: 'pid',
        process_hash: 'ph',
        process_integrity_level: 'pil',
        parent_process_name: 'ppn',
        parent_process_exec: 'ppn',
        parent_process_path: 'ppp',
        parent_process: ['pparg', 'ppp'],
        parent_process_id: 'ppid',
        parent_process_hash: 'pph',
        user: ['liuid', 'pa'],
        user_id: 'pa',
        dvc: 'vsn',
        app: 'pn',
      },
    },
    { map: 'transport', from: 'pr', table: { '6': 'tcp', '17': 'udp', '1': 'icmp' } },
    { set: { action: 'allowed', direction: 'outbound', vendor_product: 'Cisco Network Visibility Module' } },
  ],
  eventTypes: [
    {
      name: 'cisco_nvm_flowdata',
      tags: ['network', 'communicate', 'process', 'report', 'endpoint'],
    },
  ],
};
