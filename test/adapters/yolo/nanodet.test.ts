import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadYoloModel, type YoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import { boxSimilarity, matchFindings, ofKind, type Reference, spread } from './match.js'

/** What Ultralytics' own `predict` finds with the same file on the same photographs. */
interface References {
  readonly settings: {
    readonly conf: number
    readonly iou: number
    readonly max_det: number
    readonly agnostic_nms: boolean
  }
  readonly results: readonly {
    readonly image: string
    readonly boxes: readonly (Reference & { readonly xyxy: readonly [number, number, number, number] })[]
  }[]
}

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const read = (set: string): References =>
  JSON.parse(readFileSync(`test/fixtures/nanodet-coco/photos_${set}.json`, 'utf8'))

describe.each(['default', 'low'])('nanodet-coco, settings %s', (set) => {
  const { settings, results } = read(set)
  let model: YoloModel

  beforeAll(async () => {
    model = await loadYoloModel(
      parseYoloOptions({
        model: MODEL,
        scoreThreshold: settings.conf,
        iouThreshold: settings.iou,
        maxDetections: settings.max_det,
        agnosticNms: settings.agnostic_nms,
      }),
    )
  })
  afterAll(() => model.dispose())

  it('finds what the original finds, on all photographs', async () => {
    const pictures = await Promise.all(
      results.map(async ({ image }) => ({ bytes: await readFile(`examples/photos/${image}`) })),
    )
    const floors = pictures.map(() => new Float32Array(80).fill(settings.conf))
    const found = await model.find(pictures, floors)
    const matches = results.flatMap(({ boxes }, i) =>
      matchFindings(ofKind(found[i], 'detection'), boxes, settings.conf, ({ box }, { xyxy }) =>
        boxSimilarity(box, xyxy),
      ),
    )
    expect(matches.length).toBeGreaterThan(20)
    const { min, mean } = spread(matches.map(({ similarity }) => similarity))
    expect(min).toBeGreaterThan(0.97)
    expect(mean).toBeGreaterThan(0.99)
  })
})
