import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Adapter, Item, Outcome } from '../../../src/adapters/adapter.js'
import { yolo } from '../../../src/adapters/yolo/index.js'
import { control, pictureItem, silent } from './picture-item.js'

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const photo = (name: string) => readFile(`examples/photos/${name}.jpg`)

async function predict(adapter: Adapter, items: readonly Item[]): Promise<readonly Outcome[]> {
  const model = await adapter.load?.()
  try {
    return await adapter.predict(items, { model, signal: new AbortController().signal, logger: silent })
  } finally {
    await adapter.dispose?.(model)
  }
}

describe('yolo', () => {
  it('reads classes, kind and a fingerprint from the file, without running it', async () => {
    const info = await yolo({ model: MODEL }).inspect?.()
    expect(info?.classes?.slice(0, 3)).toEqual(['person', 'bicycle', 'car'])
    expect(info?.classes).toHaveLength(80)
    expect(info).toMatchObject({
      kinds: ['detection', 'track', 'timeline'],
      fingerprint: expect.stringMatching(/^2313b52a[0-9a-f]{56}$/),
      summary: 'yolo detect (anchor-free), 80 classes, 416×416',
    })
  })

  it('finds a cat, in pixels of the picture', async () => {
    const [findings] = await predict(yolo({ model: MODEL, scoreThreshold: 0.5 }), [pictureItem(await photo('cat'))])
    expect(findings).toEqual([
      {
        kind: 'detection',
        label: 'cat',
        score: expect.closeTo(0.58, 1),
        box: {
          x: expect.closeTo(1, -1),
          y: expect.closeTo(0, -1),
          width: expect.closeTo(433, -1),
          height: expect.closeTo(299, -1),
        },
      },
    ])
  })

  it('serves the rest of a batch when one picture is none', async () => {
    const items = [
      pictureItem(await photo('cat')),
      pictureItem(new Uint8Array([1, 2, 3])),
      pictureItem(await photo('hopper')),
    ]
    const [cat, broken, hopper] = await predict(yolo({ model: MODEL, scoreThreshold: 0.5 }), items)
    expect(cat).toMatchObject([{ label: 'cat' }])
    expect(broken).toMatchObject({ code: 'picture-undecodable', path: 'data.image' })
    expect(hopper).toMatchObject([{ label: 'person' }])
  })

  it('looks down to the lowest threshold of the controls, and keeps weak findings from the others', async () => {
    const controls = [control('sure'), control('all', 'RectangleLabels', { model_score_threshold: '0.2' })]
    const [findings] = await predict(yolo({ model: MODEL, scoreThreshold: 0.5 }), [
      pictureItem(await photo('cat'), controls),
    ])
    if (findings === undefined || findings instanceof Error) throw findings
    const weak = findings.filter((finding) => finding.control === 'all')
    expect(findings.filter((finding) => finding.control === undefined)).toMatchObject([{ label: 'cat' }])
    expect(weak.length).toBeGreaterThan(0)
    expect(weak.length).toBe(findings.length - 1)
  })

  it('has a threshold for single classes', async () => {
    const adapter = yolo({ model: MODEL, scoreThreshold: 0.4, labelThresholds: { cat: 0.9 } })
    expect(await predict(adapter, [pictureItem(await photo('cat'))])).toEqual([[]])
  })

  it('says which providers are asked, and once which one refused', async () => {
    const adapter = yolo({ model: MODEL, providers: ['no-such-provider', 'cpu'] })
    expect((await adapter.inspect?.())?.summary).toBe(
      'yolo detect (anchor-free), 80 classes, 416×416, on no-such-provider or cpu',
    )
    const warned: object[] = []
    const logger = { ...silent, warn: (fields: object) => void warned.push(fields) }
    const model = await adapter.load?.()
    const items = [pictureItem(await photo('cat'))]
    for (const signal of [new AbortController().signal, new AbortController().signal])
      await adapter.predict(items, { model, signal, logger })
    await adapter.dispose?.(model)
    expect(warned).toEqual([
      {
        adapter: 'yolo',
        provider: 'cpu',
        refused: [{ provider: 'no-such-provider', reason: expect.stringContaining('not found') }],
      },
    ])
  })

  it('names the option that is wrong', () => {
    expect(() => yolo({ model: MODEL, scoreThreshold: 2 })).toThrow(/^yolo\.scoreThreshold: /)
    expect(() => yolo({ model: '' })).toThrow(/^yolo\.model: /)
    expect(() => yolo({})).toThrow('yolo.model: is missing: give a model, or `models`, a folder of them')
  })

  it('says at inspection that a file is missing or no model', async () => {
    await expect(yolo({ model: 'nowhere.onnx' }).inspect?.()).rejects.toMatchObject({ code: 'model-not-found' })
    await expect(yolo({ model: 'README.md' }).inspect?.()).rejects.toMatchObject({ code: 'invalid-model' })
    const whole = await readFile(MODEL)
    const half = yolo({ model: whole.subarray(0, whole.length / 2) })
    await expect(half.inspect?.()).rejects.toMatchObject({
      code: 'invalid-model',
      message: expect.stringContaining('longer than the message'),
    })
  })
})
