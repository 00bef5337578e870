import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Adapter, Outcome } from '../../../src/adapters/adapter.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { type EnsembleOptions, ensemble } from '../../../src/adapters/detection/index.js'
import { PartlyFailed } from '../../../src/adapters/partly-failed.js'
import { yolo } from '../../../src/adapters/yolo/index.js'
import { parseConfig } from '../../../src/config/index.js'
import type { Detection } from '../../../src/results/findings.js'
import { control, pictureItem, silent } from '../yolo/picture-item.js'

const box = (label: string, score: number, x: number, width: number): Detection => ({
  kind: 'detection',
  label,
  score,
  box: { x, y: 0, width, height: 10 },
})

function saying(outcome: Outcome, labelMap?: Record<string, string | null>): Adapter {
  return defineAdapter({
    name: 'saying',
    version: '1',
    fills: { RectangleLabels: ['Image'] },
    ...(labelMap === undefined ? {} : { labelMap }),
    inspect: () => ({ classes: ['car', 'bus'], kinds: ['detection'], fingerprint: 'f' }),
    predict: (items) => items.map(() => outcome),
  })
}

async function predict(adapter: Adapter, bytes: Uint8Array = new Uint8Array()): Promise<Outcome | undefined> {
  const model = await adapter.load?.()
  const outcomes = await adapter.predict([pictureItem(bytes)], {
    model,
    signal: new AbortController().signal,
    logger: silent,
  })
  await adapter.dispose?.(model)
  return outcomes[0]
}

describe('ensemble', () => {
  it('averages the boxes of one thing by score, and doubts what one model alone has seen', async () => {
    const members = [saying([box('car', 0.9, 0, 100), box('bus', 0.8, 0, 100)]), saying([box('car', 0.6, 5, 100)])]
    expect(await predict(ensemble(members))).toEqual([
      {
        ...box('car', 0, 0, 0),
        score: expect.closeTo(0.75),
        box: { x: expect.closeTo(2), y: 0, width: expect.closeTo(100), height: expect.closeTo(10) },
      },
      { ...box('bus', 0, 0, 0), score: expect.closeTo(0.4), box: { x: 0, y: 0, width: 100, height: 10 } },
    ])
  })

  it('lets a model count more', async () => {
    const members = [saying([box('car', 0.5, 0, 100)]), saying([box('car', 0.5, 8, 100)])]
    const outcome = await predict(ensemble(members, { weights: [3, 1] }))
    expect(outcome).toMatchObject([{ score: expect.closeTo(0.5), box: { x: expect.closeTo(2) } }])
  })

  it('keeps the surest box under suppression', async () => {
    const members = [saying([box('car', 0.6, 5, 100)]), saying([box('car', 0.9, 0, 100), box('car', 0.3, 300, 50)])]
    expect(await predict(ensemble(members, { method: 'suppression' }))).toEqual([
      box('car', 0.9, 0, 100),
      box('car', 0.3, 300, 50),
    ])
  })

  it('compares classes by their mapped names, and drops those that mean nothing', async () => {
    const members = [
      saying([box('car', 0.9, 0, 100)]),
      saying([box('auto', 0.9, 0, 100), box('bus', 0.9, 0, 100)], { auto: 'car', bus: null }),
    ]
    const adapter = ensemble(members)
    expect(await predict(adapter)).toEqual([{ ...box('car', 0.9, 0, 100), box: expect.anything() }])
    expect(await adapter.inspect?.()).toMatchObject({ classes: ['car', 'bus'], kinds: ['detection'] })
  })

  it('keeps what all have found where one could not fill a control', async () => {
    const issue = { code: 'model-load-failed', severity: 'error', message: 'broken', path: 'box' } as const
    const partly = new PartlyFailed([box('auto', 0.9, 0, 100)], [issue])
    const members = [saying(partly, { auto: 'car' }), saying([box('car', 0.9, 0, 100), box('bus', 0.8, 0, 100)])]
    for (const inOrder of [members, [...members].reverse()]) {
      const outcome = await predict(ensemble(inOrder))
      if (!PartlyFailed.isInstance(outcome)) throw outcome
      expect(outcome.issues).toEqual([issue])
      expect(outcome.findings).toMatchObject([
        { label: 'car', score: expect.closeTo(0.9) },
        { label: 'bus', score: expect.closeTo(0.4) },
      ])
    }
  })

  it('asks item by item where a member fails for a whole call', async () => {
    const fragile = defineAdapter({
      ...saying([box('car', 0.9, 0, 100)]),
      predict: (items) => {
        if (items.length > 1) throw new Error('one of them is broken')
        return items.map(() => [box('car', 0.9, 0, 100)])
      },
    })
    const item = pictureItem(new Uint8Array())
    const outcomes = await ensemble([fragile, saying([])]).predict([item, item], {
      model: [],
      signal: new AbortController().signal,
      logger: silent,
    })
    expect(outcomes).toMatchObject([[{ score: expect.closeTo(0.45) }], [{ score: expect.closeTo(0.45) }]])
  })

  it('counts a model only for the controls that it fills', async () => {
    const one = { ...saying([box('car', 0.9, 0, 100)]), controls: ['all'] }
    const controls = [control('sure'), control('all')]
    const [outcome] = await ensemble([one, saying([box('car', 0.6, 0, 100)])]).predict(
      [pictureItem(new Uint8Array(), controls)],
      { model: [], signal: new AbortController().signal, logger: silent },
    )
    expect(outcome).toMatchObject([
      { control: 'all', score: expect.closeTo(0.75) },
      { control: 'sure', score: expect.closeTo(0.6) },
    ])
  })

  it('holds the threshold of a control against the fused score too', async () => {
    const controls = [control('sure', 'RectangleLabels', { model_score_threshold: '0.6' }), control('all')]
    const members = [saying([box('car', 0.9, 0, 100), box('bus', 0.8, 300, 50)]), saying([box('car', 0.9, 0, 100)])]
    const ask = async (options: EnsembleOptions) => {
      const [outcome] = await ensemble(members, options).predict([pictureItem(new Uint8Array(), controls)], {
        model: [],
        signal: new AbortController().signal,
        logger: silent,
      })
      return outcome
    }
    expect(await ask({})).toMatchObject([
      { label: 'car', score: expect.closeTo(0.9) },
      { label: 'bus', score: expect.closeTo(0.4), control: 'all' },
    ])
    expect(await ask({ method: 'suppression' })).toEqual([box('car', 0.9, 0, 100), box('bus', 0.8, 300, 50)])
  })

  it('fails for a picture that one model could not read', async () => {
    const adapter = ensemble([saying([]), saying(new Error('broken'))])
    expect(await predict(adapter)).toEqual(new Error('broken'))
  })

  it('changes nothing when both models are the same', async () => {
    const one = yolo({ model: 'examples/models/nanodet-coco/model.onnx', scoreThreshold: 0.5 })
    const photo = await readFile('examples/photos/hopper.jpg')
    const alone = await predict(one, photo)
    if (alone === undefined || alone instanceof Error) throw alone
    const outcome = await predict(ensemble([one, one]), photo)
    expect(outcome).toHaveLength(alone.length)
    expect(outcome).toMatchObject([{ label: 'person', score: expect.closeTo(0.84, 1) }])
  })

  it('keeps the surest of turned boxes, which have no mean', async () => {
    const turned = (score: number, x: number): Detection => {
      const upright = box('car', score, x, 100)
      return { ...upright, box: { ...upright.box, rotation: 10 } }
    }
    expect(await predict(ensemble([saying([turned(0.6, 1)]), saying([turned(0.8, 0)])]))).toEqual([
      { ...turned(0.8, 0), score: expect.closeTo(0.7) },
    ])
  })

  it('puts together what one model says for every control and another for one of them', async () => {
    const members = [saying([box('car', 0.9, 0, 100)]), saying([{ ...box('car', 0.3, 4, 100), control: 'all' }])]
    const controls = [control('sure'), control('all')]
    const [outcome] = await ensemble(members).predict([pictureItem(new Uint8Array(), controls)], {
      model: [],
      signal: new AbortController().signal,
      logger: silent,
    })
    expect(outcome).toMatchObject([
      { control: 'sure', box: { x: 0 }, score: expect.closeTo(0.45) },
      { control: 'all', box: { x: expect.closeTo(1) }, score: expect.closeTo(0.6) },
    ])
  })

  it('frees what was loaded when one member cannot be', async () => {
    let held = 0
    const member: Adapter<unknown> = { ...saying([]), load: () => void held++, dispose: () => void held-- }
    const broken: Adapter<unknown> = { ...saying([]), load: () => Promise.reject(new Error('broken')) }
    await expect(predict(ensemble([member, broken]))).rejects.toThrow('broken')
    expect(held).toBe(0)
  })

  it('is refused a control by a member that is', async () => {
    const models = yolo({ models: 'examples/models' })
    const config = parseConfig(`<View><Image name="photo" value="$image"/>
      <RectangleLabels name="box" toName="photo" model_path="nowhere.pt"><Label value="car"/></RectangleLabels></View>`)
    const [control] = config.controls.values()
    if (control === undefined) throw new Error('no control')
    const refused = async () => ensemble([models, saying([])]).inspectControl?.(control, config)
    await expect(refused()).rejects.toMatchObject({ code: 'model-path-not-found' })
    expect(await ensemble([saying([]), saying([])]).inspectControl?.(control, config)).toMatchObject({
      classes: ['car', 'bus'],
    })
  })

  it('refuses one adapter, weights that do not fit, and models that find no boxes', async () => {
    expect(() => ensemble([saying([])])).toThrow('at least two adapters')
    expect(() => ensemble([saying([]), saying([])], { weights: [1] })).toThrow('a weight for each')
    const classifier = ensemble([saying([]), saying([{ kind: 'classification', classes: [{ label: 'car' }] }])])
    expect(await predict(classifier)).toMatchObject({ code: 'ensemble-not-boxes' })
  })
})
