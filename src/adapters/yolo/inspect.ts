import type { FindingKind } from '../../results/findings.js'
import type { ModelInfo } from '../adapter.js'
import { readModelFacts } from '../detection/model-source.js'
import { readModelCard } from './model-card.js'
import type { ParsedYoloOptions, YoloTask } from './options.js'
import { recognise } from './recognise.js'

const KINDS: Readonly<Record<YoloTask, FindingKind>> = {
  detect: 'detection',
  segment: 'mask',
  pose: 'pose',
  obb: 'detection',
  classify: 'classification',
}

/** What the file says, without running the model. */
export async function inspectYoloModel(options: ParsedYoloOptions): Promise<ModelInfo> {
  const { metadata, fingerprint } = await readModelFacts(options.model)
  const { task, names, size, head } = recognise(metadata, readModelCard(metadata), options)
  return {
    classes: names,
    kinds: [KINDS[task]],
    fingerprint,
    summary: `yolo ${task} (${head}), ${names.length} classes, ${size.width}×${size.height}`,
  }
}
