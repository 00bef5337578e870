import { expect, it } from 'vitest'
import { ofKind } from '../../adapters/yolo/match.js'
import { findAll, hasZoo, references } from './zoo.js'

it.skipIf(!hasZoo)('yolov8-cls: the same probabilities as the original', async () => {
  const recorded = references('yolov8-cls', 'model_default')
  const found = await findAll('yolov8-cls', { ...recorded, settings: { ...recorded.settings, conf: 0 } })
  const differences = recorded.results.flatMap(({ probs }, i) => {
    const classes = ofKind(found[i], 'classification').flatMap((finding) => finding.classes)
    expect(classes).toHaveLength(Object.keys(probs).length)
    return classes.map(({ label, score }) => Math.abs((score ?? 0) - (probs[label] ?? 9)))
  })
  console.info(`yolov8-cls: ${differences.length} probabilities, within ${Math.max(...differences)}`)
  expect(Math.max(...differences)).toBeLessThanOrEqual(1e-3)
})
