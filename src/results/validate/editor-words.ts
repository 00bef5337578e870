/** Closed lists of the editor of Label Studio 1.23.2: any other word stops it from loading a prediction. */

export const EDITOR_TYPES: ReadonlySet<unknown> = new Set([
  'labels',
  'htmllabels',
  'hypertextlabels',
  'paragraphlabels',
  'rectangle',
  'keypoint',
  'polygon',
  'brush',
  'bitmask',
  'ellipse',
  'magicwand',
  'rectanglelabels',
  'keypointlabels',
  'polygonlabels',
  'vector',
  'vectorlabels',
  'brushlabels',
  'bitmasklabels',
  'ellipselabels',
  'timeserieslabels',
  'timelinelabels',
  'choices',
  'datetime',
  'number',
  'taxonomy',
  'textarea',
  'rating',
  'pairwise',
  'videorectangle',
  'ranker',
])

export const ORIGINS: ReadonlySet<unknown> = new Set(['manual', 'prediction', 'prediction-changed'])

export const DIRECTIONS: ReadonlySet<unknown> = new Set(['left', 'right', 'bi'])
