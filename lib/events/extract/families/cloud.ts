/** Other clouds, containers, code hosting, and identity providers. */
export { circleci, falco, gcp, github, kubeAudit, kubeObjects, osquery } from '../types/cloud.ts';
export { gsuiteDrive, gsuiteGmail, workspace, workspaceLogin } from '../types/google.ts';
export { okta, pingId } from '../types/identity.ts';
