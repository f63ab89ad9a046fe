export interface LayerTechnique {
  id: string;
  score: number;
  comment?: string;
}

/** A layer for the ATT&CK Navigator (format 4.5), with scores from white to red. `attackVersion` as in `18.1`. */
export function navigatorLayer(
  name: string,
  description: string,
  techniques: readonly LayerTechnique[],
  attackVersion: string,
) {
  return {
    name,
    description,
    domain: 'enterprise-attack',
    versions: { attack: attackVersion.split('.')[0]!, navigator: '5.1.0', layer: '4.5' },
    techniques: techniques.map(({ id, score, comment }) => ({
      techniqueID: id,
      score,
      enabled: true,
      showSubtechniques: id.includes('.'),
      ...(comment === undefined ? {} : { comment }),
    })),
    gradient: {
      colors: ['#ffffff', '#d1495b'],
      minValue: 0,
      maxValue: Math.max(1, ...techniques.map(({ score }) => score)),
    },
    hideDisabled: false,
  };
}
