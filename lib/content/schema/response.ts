import { stages } from '../model-operations.ts';
import * as is from './common.ts';

const stage = is.oneOf(stages, 'Stage of the incident.');

export const responseAction = is.object(
  {
    ...is.ownHead,
    stage,
    category: is.oneOf(
      ['general', 'network', 'email', 'file', 'process', 'configuration', 'identity'],
      'What it acts on.',
    ),
    automation: is.texts('Tools that do it by themselves.').optional(),
    requirements: is.texts('What must be in place.').optional(),
    data_sources: is.texts('Names of the data sources that it reads.').optional(),
    workflow: is.filledText('What the responder does. Markdown.'),
  },
  'Response action.',
);

export const responsePlaybook = is.object(
  {
    ...is.ownHead,
    severity: is.oneOf(['low', 'medium', 'high', 'critical'], 'Severity of the incident.').optional(),
    tlp: is.oneOf(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'], 'Traffic Light Protocol.').optional(),
    pap: is.oneOf(['CLEAR', 'GREEN', 'AMBER', 'RED'], 'Permissible Actions Protocol.').optional(),
    tags: is.texts('Labels.').optional(),
    mitre_attack_id: is.list(is.techniqueId('Technique.'), 'ATT&CK techniques that it answers.').optional(),
    analytic_story: is.texts('Names of the stories it belongs to.').optional(),
    detections: is.texts('Names of the detections it answers.').optional(),
    stages: is.filledList(
      is.object(
        {
          stage,
          note: is.text('What matters in this stage. Markdown.').optional(),
          actions: is.texts('Names of response actions, in order.'),
        },
        'A stage, and what is done in it.',
      ),
      'Stages, in order.',
    ),
    workflow: is.text('What holds the stages together. Markdown.').optional(),
  },
  'Playbook that people follow, in stages.',
);
