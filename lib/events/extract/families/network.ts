/** Firewalls and sensors. */
export { ciscoAsa, ciscoIos, ciscoSecureFirewall, panThreat, panTraffic } from '../types/firewall.ts';
export { stream, suricata, zeek, zscaler } from '../types/network.ts';
