/** Labeling configs of the YOLO example of Label Studio's Python backend, attribute by attribute. */

import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { yolo } from '../../../src/adapters/yolo/index.js'
import { createBackend, formatReport } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { createSessionPool } from '../../../src/inference/index.js'
import { silent } from './picture-item.js'
import { ask, picture, type Result, reasonOf, WEIGHTS, writeWeights } from './weights-folder.js'

let models: string
let remove: () => Promise<void>

beforeAll(async () => {
  const { detect, obb, segment, pose, classify } = WEIGHTS
  const weights = await writeWeights({
    'yolov8m.onnx': detect,
    'yolov8n-obb.onnx': obb,
    'yolov8n-seg.onnx': segment,
    'yolov8n-pose.onnx': pose,
    'yolov8n-cls.onnx': classify,
    'own/boxes.onnx': detect,
  })
  ;({ folder: models, remove } = weights)
})
afterAll(() => remove())

const on = (tag: string, attributes: string, labels: string, name = 'box') =>
  `<${tag} name="${name}" toName="image" ${attributes}>${labels}</${tag}>`
const LABELS = '<Label value="Car"/><Label value="Bus"/>'
const CHOICES = '<Choice value="Day"/><Choice value="Night"/>'
const REGIONS = [
  ['RectangleLabels', 'own/boxes.pt'],
  ['EllipseLabels', 'own/boxes.pt'],
  ['PolygonLabels', 'yolov8n-seg.pt'],
  ['BrushLabels', 'yolov8n-seg.pt'],
  ['BitmaskLabels', 'yolov8n-seg.pt'],
] as const

const said = (results: readonly Result[]) =>
  results.map(({ from_name, type, value }) => [from_name, type, value[type]] as const)

describe('model_path', () => {
  it.each(REGIONS)('chooses the weights of <%s>, PyTorch names meaning their exports', async (tag, path) => {
    const { results, report } = await ask(on(tag, `model_path="${path}"`, LABELS), { models })
    expect(said(results)).toEqual([['box', tag.toLowerCase(), ['Car']]])
    expect(report.controls[0]?.filledBy).toMatchObject([
      { adapter: 'yolo', summary: expect.stringContaining('2 classes') },
    ])
  })

  it.each(['Choices', 'Taxonomy'])('chooses the weights of <%s>', async (tag) => {
    const { results } = await ask(on(tag, 'model_path="yolov8n-cls.onnx"', CHOICES), { models })
    expect(said(results)).toEqual([['box', tag.toLowerCase(), tag === 'Choices' ? ['Day'] : [['Day']]]])
  })

  it('gives each control its own, and the default weights of the Python backend to those without', async () => {
    const { results, report } = await ask(
      [
        on('RectangleLabels', 'model_path="own/boxes.onnx"', LABELS, 'own'),
        on('RectangleLabels', '', LABELS, 'default'),
        on('RectangleLabels', 'model_obb="true"', LABELS, 'turned'),
        on('PolygonLabels', '', LABELS, 'outline'),
        on('Choices', '', CHOICES, 'light'),
      ].join(''),
      { models },
    )
    expect(new Map(results.map(({ from_name, type }) => [from_name, type]))).toEqual(
      new Map([
        ['own', 'rectanglelabels'],
        ['default', 'rectanglelabels'],
        ['turned', 'rectanglelabels'],
        ['outline', 'polygonlabels'],
        ['light', 'choices'],
      ]),
    )
    expect(results.filter(({ value }) => Number(value.rotation) > 29).map(({ from_name }) => from_name)).toEqual([
      'turned',
    ])
    expect(report.controls.map(({ filledBy }) => filledBy[0]?.summary?.split(',')[0])).toEqual([
      'yolo detect (end-to-end)',
      'yolo detect (end-to-end)',
      'yolo obb (end-to-end)',
      'yolo segment (end-to-end)',
      'yolo classify (anchor-free)',
    ])
  })

  it('goes before the adapter’s own model', async () => {
    const model = `${models}/yolov8m.onnx`
    const { results } = await ask(
      on('RectangleLabels', 'model_path="yolov8n-obb.pt"', LABELS, 'a') + on('RectangleLabels', '', LABELS, 'b'),
      { model, models },
    )
    expect(results.map(({ from_name, value }) => [from_name, value.rotation])).toEqual([
      ['a', expect.closeTo(30, 4)],
      ['b', 0],
    ])
  })

  it('is refused with its reason in the report, and the other controls are filled', async () => {
    const controls = on('RectangleLabels', 'model_path="nowhere.pt"', LABELS, 'a') + on('Choices', '', CHOICES, 'b')
    const { results, report } = await ask(controls, { models })
    expect(said(results)).toEqual([['b', 'choices', ['Day']]])
    expect(reasonOf(report, 'a')).toBe(
      'there is no nowhere.onnx (made with `yolo export model=nowhere.pt format=onnx`) in the folder of `models`',
    )
  })

  it('needs a folder', async () => {
    const { results, report } = await ask(on('RectangleLabels', 'model_path="a.pt"', LABELS), {
      model: `${models}/yolov8m.onnx`,
    })
    expect(results).toEqual([])
    expect(reasonOf(report, 'box')).toBe('its model_path "a.pt" needs a folder of `models`')
  })

  it('is part of the model version', async () => {
    const version = async (path: string) => {
      const { report } = await ask(on('RectangleLabels', `model_path="${path}"`, LABELS), { models })
      return report.modelVersion
    }
    expect(await version('yolov8n-obb.pt')).not.toBe(await version('yolov8m.pt'))
  })

  it('is not taken for the weights that were there before', async () => {
    const weights = await writeWeights({ 'a.onnx': WEIGHTS.detect })
    const adapter = yolo({ models: weights.folder, thread: 'calling' })
    const controls = (name: string) => on('RectangleLabels', 'model_path="a.pt"', LABELS, name)
    expect((await ask(controls('one'), adapter)).results).toHaveLength(2)
    await copyFile(join(models, 'yolov8n-obb.onnx'), join(weights.folder, 'a.onnx'))
    const { results, report } = await ask(controls('two'), adapter)
    expect(results).toEqual([])
    expect(reasonOf(report, 'two')).toBe('The model file a.onnx has changed since it was opened')
    await weights.remove()
  })

  it('takes only its own controls out when its weights are exchanged while they are out of memory', async () => {
    const weights = await writeWeights({ 'a.onnx': WEIGHTS.detect, 'b.onnx': WEIGHTS.detect })
    const pool = createSessionPool({ maxModels: 1 })
    const controls = ['a', 'b'].map((name) => on('RectangleLabels', `model_path="${name}.pt"`, LABELS, name)).join('')
    const config = parseConfig(`<View><Image name="image" value="$image"/>${controls}</View>`)
    const adapter = yolo({ models: weights.folder, pool, thread: 'calling', scoreThreshold: 0.5 })
    const backend = createBackend({ config, adapters: [adapter], logger: silent, limits: { cacheSize: 0 } })
    const image = await picture()
    const predict = () => backend.predict([1, 2].map((id) => ({ id, data: { image, id } })))
    expect((await predict()).map(({ prediction }) => prediction?.result.length)).toEqual([2, 2])
    await copyFile(join(models, 'yolov8n-obb.onnx'), join(weights.folder, 'a.onnx'))
    for (const { prediction, issues } of await predict()) {
      expect(prediction?.result.map((result) => 'from_name' in result && result.from_name)).toEqual(['b'])
      expect(issues).toMatchObject([{ code: 'model-changed', path: expect.stringContaining('[a]') }])
    }
    await backend.dispose()
    await pool.dispose()
    await weights.remove()
  })

  it('works within a budget of memory', async () => {
    const pool = createSessionPool({ maxModels: 1 })
    const controls = REGIONS.map(([tag, path], i) => on(tag, `model_path="${path}"`, LABELS, `c${i}`)).join('')
    const { results } = await ask(controls, { models, pool })
    expect(results).toHaveLength(REGIONS.length)
    expect(pool.loaded.models).toBeLessThanOrEqual(1)
    await pool.dispose()
  })
})

describe.each(['model_score_threshold', 'score_threshold'])('%s', (attribute) => {
  it('of a control goes before the option, down to what the adapter’s own threshold would hide', async () => {
    const weak = await ask(on('RectangleLabels', `${attribute}="0.2"`, LABELS), { models })
    expect(said(weak.results).map(([, , labels]) => labels)).toEqual([['Car'], ['Bus']])
    const sure = await ask(on('EllipseLabels', `${attribute}="0.95"`, LABELS), { models })
    expect(sure.results).toEqual([])
  })

  it.each(REGIONS)('is heeded by <%s>', async (tag, path) => {
    const attributes = `model_path="${path}" ${attribute}="0.95"`
    expect((await ask(on(tag, attributes, LABELS), { models })).results).toEqual([])
  })

  it('of a label goes before that of its control', async () => {
    const labels = `<Label value="Car" ${attribute}="0.95"/><Label value="Bus" ${attribute}="0.1"/>`
    const { results } = await ask(on('RectangleLabels', '', labels), { models })
    expect(said(results)).toEqual([['box', 'rectanglelabels', ['Bus']]])
  })

  it('says how sure <Choices> must be, one or several', async () => {
    const choices = async (attributes: string) =>
      (await ask(on('Choices', attributes, CHOICES), { models })).results.map(({ value }) => value.choices)
    expect(await choices(`${attribute}="0.7"`)).toEqual([])
    expect(await choices(`${attribute}="0.2"`)).toEqual([['Day']])
    expect(await choices(`choice="multiple" ${attribute}="0.2"`)).toEqual([['Day', 'Night']])
    expect(await choices(`choice="multiple" ${attribute}="0.5"`)).toEqual([['Day']])
  })

  it('of <KeyPointLabels> is about the skeleton as a whole', async () => {
    const points = (least: number) =>
      ask(
        on(
          'KeyPointLabels',
          `${attribute}="${least}"`,
          '<Label value="head" predicted_values="person" model_index="0"/>',
        ),
        {
          models,
        },
      )
    expect((await points(0.2)).results).toHaveLength(2)
    expect((await points(0.5)).results).toHaveLength(1)
    expect((await points(0.9)).results).toHaveLength(0)
  })
})

describe('model_skip', () => {
  it.each([...REGIONS.map(([tag]) => tag), 'KeyPointLabels', 'Choices', 'Taxonomy'])(
    'leaves <%s> alone',
    async (tag) => {
      const labels = tag === 'Choices' || tag === 'Taxonomy' ? CHOICES : LABELS
      const { results, report } = await ask(on(tag, 'model_skip="true" model_path="nowhere.pt"', labels), { models })
      expect(results).toEqual([])
      expect(reasonOf(report, 'box')).toBe('its `model_skip` is set')
    },
  )
})

describe('predicted_values', () => {
  it.each(REGIONS)('names classes for <%s>', async (tag, path) => {
    const labels = '<Label value="Vehicle" predicted_values="bus, car"/>'
    const { results } = await ask(on(tag, `model_path="${path}"`, labels), { models })
    expect(said(results)).toEqual([['box', tag.toLowerCase(), ['Vehicle']]])
  })

  it.each(['Choices', 'Taxonomy'])('names classes for <%s>', async (tag) => {
    const { results } = await ask(on(tag, '', '<Choice value="Bright" predicted_values="day"/>'), { models })
    expect(said(results)).toEqual([['box', tag.toLowerCase(), tag === 'Choices' ? ['Bright'] : [['Bright']]]])
  })
})

describe('model_obb', () => {
  it('is refused to a model of upright boxes, and gives turned ones by masks', async () => {
    const { report } = await ask(on('RectangleLabels', 'model_obb="true" model_path="yolov8m.pt"', LABELS), { models })
    expect(reasonOf(report, 'box')).toBe('its `model_obb` asks for oriented boxes, and this is a detect model')
    const masks = await ask(on('RectangleLabels', 'model_obb="1" model_path="yolov8n-seg.pt"', LABELS), { models })
    expect(masks.results).toHaveLength(1)
  })
})

describe('skeletons', () => {
  const BOXES = on('RectangleLabels', 'model_skip="true"', '<Label value="person"/>', 'points_bbox')
  const points = (attributes: string) =>
    on(
      'KeyPointLabels',
      attributes,
      '<Label value="head" predicted_values="person" model_index="0"/><Label value="foot" predicted_values="person" model_index="1"/>',
      'points',
    )

  it('come as points by model_index, under a box on the control that is there for it', async () => {
    const { results, report } = await ask(BOXES + points('model_path="yolov8n-pose.pt"'), { models })
    const box = results.find(({ from_name }) => from_name === 'points_bbox')
    expect(box).toMatchObject({ value: { x: 12.5, y: 12.5, width: 50, height: 75, rectanglelabels: ['person'] } })
    expect(results.filter(({ from_name }) => from_name === 'points')).toMatchObject([
      { parentID: box?.id, value: { x: 25, y: 25, keypointlabels: ['head'] }, score: expect.closeTo(0.9, 5) },
      { parentID: box?.id, value: { x: 50, y: 75, keypointlabels: ['foot'] }, score: expect.closeTo(0.4, 5) },
    ])
    expect(report.controls.map(({ filledBy }) => filledBy.length)).toEqual([1, 1])
  })

  it('have no box where model_add_bboxes says so', async () => {
    const { results } = await ask(BOXES + points('model_add_bboxes="false"'), { models })
    expect(results.map(({ from_name, parentID }) => [from_name, parentID])).toEqual([
      ['points', undefined],
      ['points', undefined],
    ])
  })

  it('have no weak points where model_point_threshold says so, and the size of model_point_size in pixels', async () => {
    const { results } = await ask(points('model_point_threshold="0.5" model_point_size="2"'), { models })
    expect(results.map(({ value }) => [value.keypointlabels, value.width])).toEqual([[['head'], (2 / 64) * 100]])
  })

  it('need no predicted_values where model_index says it all', async () => {
    const points = on('KeyPointLabels', '', '<Label value="toe" model_index="1"/>')
    const config = `<View><Image name="image" value="$image"/>${points}</View>`
    const backend = createBackend({
      config,
      adapters: [yolo({ models, thread: 'calling', scoreThreshold: 0.5 })],
      logger: silent,
    })
    onTestFinished(() => backend.dispose())
    const [answer] = await backend.predict([{ data: { image: await picture() } }])
    expect(answer?.prediction?.result).toMatchObject([{ value: { keypointlabels: ['toe'] } }])
    expect(answer?.issues).toEqual([])
  })
})

describe('regions without labels of their own', () => {
  const beside = '<Labels name="kind" toName="image"><Label value="Wagon" predicted_values="car"/></Labels>'

  it.each([
    ['Rectangle', 'own/boxes.pt'],
    ['Ellipse', 'own/boxes.pt'],
    ['Polygon', 'yolov8n-seg.pt'],
    ['Brush', 'yolov8n-seg.pt'],
    ['Bitmask', 'yolov8n-seg.pt'],
  ])('<%s> is named by the <Labels> beside it', async (tag, path) => {
    const { results, report } = await ask(`<${tag} name="box" toName="image" model_path="${path}"/>${beside}`, {
      models,
    })
    expect(results.map(({ id, from_name, type }) => [id, from_name, type])).toEqual([
      [results[0]?.id, 'box', tag.toLowerCase()],
      [results[0]?.id, 'kind', 'labels'],
    ])
    expect(results[1]?.value.labels).toEqual(['Wagon'])
    expect(report.controls[0]?.filledBy[0]?.labels.mapped).toMatchObject([{ model: 'car', label: 'Wagon' }])
  })
})

describe('a model that cannot be loaded', () => {
  it('is told, and takes only its own controls out', async () => {
    const weights = await writeWeights({ 'a.onnx': WEIGHTS.detect, 'b.onnx': { ...WEIGHTS.segment, opset: 99 } })
    onTestFinished(() => weights.remove())
    const logged: object[] = []
    const logger = { ...silent, warn: (fields: object) => void logged.push(fields) }
    const controls = [
      on('RectangleLabels', 'model_path="a.onnx"', LABELS, 'fine'),
      on('PolygonLabels', 'model_path="b.onnx"', LABELS, 'broken'),
    ].join('')
    const xml = `<View><Image name="image" value="$image"/>${controls}</View>`
    const adapters = [yolo({ models: weights.folder, thread: 'calling', scoreThreshold: 0.5 })]
    const backend = createBackend({ config: xml, adapters, logger })
    onTestFinished(() => backend.dispose())
    const [answer] = await backend.predict([{ data: { image: await picture() } }])
    expect(answer?.error).toBeUndefined()
    expect(answer?.prediction?.result.map(({ from_name }) => from_name)).toEqual(['fine'])
    const told = { code: 'model-load-failed', message: expect.stringMatching(/^broken is left out: .*[Oo]pset 99/) }
    expect(answer?.issues).toMatchObject([told])
    expect(logged).toContainEqual(expect.objectContaining({ issues: [expect.objectContaining(told)] }))
    expect(backend.metrics()).toContain('prelabel_results_refused_total{reason="model-load-failed"} 1')
    expect(formatReport(await backend.report())).toMatch(/^yolo: b\.onnx could not be loaded: .*[Oo]pset 99/m)
  })

  it('fails the tasks of which it would fill all', async () => {
    const weights = await writeWeights({ 'b.onnx': { ...WEIGHTS.detect, opset: 99 } })
    onTestFinished(() => weights.remove())
    const { prediction } = await ask(on('RectangleLabels', 'model_path="b.onnx"', LABELS), { models: weights.folder })
    expect(prediction).toBeUndefined()
  })
})

describe('a folder of models', () => {
  it('is not said to be a model that is loaded', async () => {
    const told: (string | undefined)[] = []
    const logger = { ...silent, info: (_: object, message?: string) => void told.push(message) }
    const backend = createBackend({ adapters: [yolo({ models })], logger })
    onTestFinished(() => backend.dispose())
    expect(await backend.load()).toMatchObject([{ adapter: 'yolo', status: [] }])
    expect(told).toEqual(['ready, with no model loaded yet'])
  })
})

describe('a model of oriented boxes', () => {
  it('fills the control that names it, whatever another one asks for', async () => {
    const { results } = await ask(
      on('RectangleLabels', 'model_path="yolov8n-obb.onnx"', LABELS, 'named') +
        on('RectangleLabels', 'model_obb="true"', LABELS, 'turned'),
      { models },
    )
    expect(results.map(({ from_name }) => from_name)).toEqual(['named', 'turned'])
  })
})

describe('what cannot be meant', () => {
  const notes = async (controls: string) => {
    const { report } = await ask(controls, { models })
    return report.controls[0]?.filledBy[0]?.notes?.filter(
      (note) => note.includes('`model_') || note.includes('`score_'),
    )
  }

  it.each([
    ['model_score_threshold="high"', '`model_score_threshold="high"` is not a number from 0 to 1'],
    ['score_threshold="50"', '`score_threshold="50"` is not a number from 0 to 1'],
    [
      'model_score_treshold="0.5"',
      'there is no attribute `model_score_treshold`. Did you mean `model_score_threshold`?',
    ],
  ])('of a control is noted: %s', async (attribute, note) => {
    expect(await notes(on('RectangleLabels', attribute, LABELS))).toEqual([note])
  })

  it('of points and labels is noted', async () => {
    const labels = '<Label value="a" model_index="abc"/><Label value="b" model_index="99" score_threshold="x"/>'
    const attributes = 'model_point_threshold="x" model_point_size="-3"'
    expect(await notes(on('KeyPointLabels', attributes, labels))).toEqual([
      '`model_point_threshold="x"` is not a number from 0 to 1',
      '`model_point_size="-3"` is not a number of pixels above 0',
      '`model_index="abc"` of "a" is not a place in the skeleton, from 0 to 1',
      '`model_index="99"` of "b" is not a place in the skeleton, from 0 to 1',
      '`score_threshold="x"` of "b" is not a number from 0 to 1',
    ])
  })

  it('of options is told: a folder that is not there', async () => {
    const { report } = await ask(on('RectangleLabels', '', LABELS), { models: join(models, 'none') })
    expect(report.controls[0]?.refused).toMatchObject([
      { code: 'adapter-inspect-failed', reason: expect.stringMatching(/folder of `models` .*none does not exist/) },
    ])
  })

  it('of tracks is noted, and what does not count here', async () => {
    const attributes =
      'model_path="yolov8m.pt" model_conf="25%" model_iou="0.7" model_tracker="botsort" bytetrack_track_buffer="0.5" bytetrack_track_high_tresh="0.2"'
    const backend = createBackend({ adapters: [yolo({ models })], logger: silent })
    const { controls } = await backend.report(
      `<View><Video name="clip" value="$clip"/><VideoRectangle name="box" toName="clip" ${attributes}/>
        <Labels name="labels" toName="clip">${LABELS}</Labels></View>`,
    )
    await backend.dispose()
    expect(controls[0]?.filledBy[0]?.notes?.filter((note) => /`(model|bytetrack)_/.test(note))).toEqual([
      '`model_conf="25%"` is not a number from 0 to 1',
      '`model_iou` is not read: give the option `iouThreshold`',
      '`model_tracker` is not read: ByteTrack follows',
      '`bytetrack_track_buffer="0.5"` is not a number of frames',
      'there is no attribute `bytetrack_track_high_tresh`. Did you mean `bytetrack_track_high_thresh`?',
    ])
  })

  it('is said of none that can', async () => {
    const labels = '<Label value="a" model_index="0" score_threshold=""/>'
    const attributes = 'model_point_threshold="0.5" model_point_size="3" model_add_bboxes="false"'
    expect(await notes(on('KeyPointLabels', attributes, labels))).toEqual([])
  })
})
