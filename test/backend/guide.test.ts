import { expect, it } from 'vitest'
import { compileExamples, readGuide } from '../compile-guide.js'

/** What the examples take from files beside them. */
const BESIDES = {
  'adapters.ts': `import { yolo } from 'prelabel/yolo'
    export const adapters = [yolo({ model: 'yolo11n.onnx' })]`,
  'training.ts': `export async function collect(annotation: { id: number }, task: { id: number }) { return [annotation, task] }
    export async function train(project: number) { return project }`,
  'predictions.ts': "export const predictions = [{ task: 1, result: [], model_version: 'v1', score: 0.5 }]",
}

it.each(['docs/backend.md', 'docs/media.md', 'docs/label-studio.md'])('%s has examples that compile', (page) => {
  const guide = readGuide(page)
  // The first example of the backend's page is the file that the others mount.
  const backend = readGuide('docs/backend.md').examples[0] ?? ''
  expect(compileExamples(guide, { ...BESIDES, 'backend.ts': backend })).toEqual([])
})
