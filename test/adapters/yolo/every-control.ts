/** Every head with every control that it can fill. */

import { type WrittenModel, type WrittenOutput, writeOnnx } from '../../inference/onnx-writer.js'
import { type Asked, ask, SIDE, WEIGHTS } from './weights-folder.js'

/** Places of strides 8, 16 and 32. */
const PLACES = 84
const NAMES = { names: "{0: 'car', 1: 'bus'}" }
const input = { name: 'images', dims: [1, 3, SIDE, SIDE] }

/** An output of one row that says something. */
function one(count: number, values: readonly number[], channelsFirst = false): WrittenOutput {
  const data = new Float32Array(count * values.length)
  for (const [column, value] of values.entries()) data[channelsFirst ? column * count : column] = value
  return { name: 'output0', dims: channelsFirst ? [1, values.length, count] : [1, count, values.length], data }
}

const PROTOTYPE = { name: 'output1', dims: [1, 1, 16, 16], data: new Float32Array(256).fill(1) }
const BOX = [32, 32, 40, 20]
const written = (
  task: string,
  outputs: readonly WrittenOutput[],
  more: Readonly<Record<string, string>> = {},
): WrittenModel => ({ inputs: [input], outputs, properties: { ...NAMES, task, ...more } })

const POSE = { kpt_shape: '[2, 3]' }
const POINTS = [20, 30, 0.9, 40, 35, 0.8]

export const HEADS: Readonly<Record<string, WrittenModel>> = {
  'anchor-free detect': written('detect', [one(PLACES, [...BOX, 0.9, 0.1], true)]),
  'anchor-free obb': written('obb', [one(PLACES, [...BOX, 0.9, 0.1, 0.5], true)]),
  'anchor-free segment': written('segment', [one(PLACES, [...BOX, 0.9, 0.1, 1], true), PROTOTYPE]),
  'anchor-free pose': written('pose', [one(PLACES, [...BOX, 0.9, 0.1, ...POINTS], true)], POSE),
  'objectness detect': written('detect', [one(3 * PLACES, [...BOX, 0.9, 0.9, 0.1])]),
  'objectness segment': written('segment', [one(3 * PLACES, [...BOX, 0.9, 0.9, 0.1, 1]), PROTOTYPE]),
  'yolox detect': written('detect', [one(PLACES, [2, 2, 1, 1, 0.9, 0.9, 0.1])]),
  'batch-rows detect': written('detect', [
    { ...one(1, [0, 12, 22, 52, 42, 0, 0.9]), dims: [1, 7], declared: ['n', 7] },
  ]),
  'query detect': written('detect', [one(300, [0.5, 0.5, 0.6, 0.3, 0.9, 0.1])], { description: 'RT-DETR' }),
  'query-final detect': written('detect', [one(300, [0.5, 0.5, 0.6, 0.3, 0.9, 0])], { head: 'RTDETRDecoder' }),
  'end-to-end detect': WEIGHTS.detect,
  'end-to-end obb': WEIGHTS.obb,
  'end-to-end segment': WEIGHTS.segment,
  'end-to-end pose': { ...WEIGHTS.pose, properties: { ...WEIGHTS.pose.properties, names: "{0: 'car'}" } },
  classify: { ...WEIGHTS.classify, properties: { task: 'classify', names: "{0: 'car', 1: 'bus', 2: 'tram'}" } },
}

const LABELS = '<Label value="Car"/><Label value="Bus"/>'
const labelled = (tag: string) => `<${tag} name="control" toName="image">${LABELS}</${tag}>`
const plain = (tag: string) =>
  `<${tag} name="control" toName="image"/><Labels name="kind" toName="image">${LABELS}</Labels>`

const SHAPES = ['Rectangle', 'Ellipse', 'Polygon', 'Brush', 'Bitmask']
const REGIONS = [
  ...SHAPES.map((tag) => [`${tag}Labels`, labelled(`${tag}Labels`)] as const),
  ...SHAPES.map((tag) => [`${tag} with Labels`, plain(tag)] as const),
]
const CHOICES = '<Choice value="Car"/><Choice value="Bus"/>'
const answer = (tag: string, attributes = '') =>
  `<${tag} name="control" toName="image" ${attributes}>${CHOICES}</${tag}>`
const POINTS_CONTROL = `<KeyPointLabels name="control" toName="image">
  <Label value="Head" predicted_values="car" model_index="0"/><Label value="Foot" predicted_values="car" model_index="1"/>
</KeyPointLabels>`
const BOXES_CONTROL = '<RectangleLabels name="control_bbox" toName="image"><Label value="Car"/></RectangleLabels>'

const CONTROLS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  detect: REGIONS,
  obb: REGIONS,
  segment: REGIONS,
  pose: [
    ['KeyPointLabels', POINTS_CONTROL],
    ['KeyPointLabels under boxes', POINTS_CONTROL + BOXES_CONTROL],
    ['KeyPoint with Labels', plain('KeyPoint')],
    ['RectangleLabels', labelled('RectangleLabels')],
    ['Rectangle with Labels', plain('Rectangle')],
  ],
  classify: [
    ['Choices', answer('Choices')],
    ['Choices, several', answer('Choices', 'choice="multiple"')],
    ['Taxonomy', answer('Taxonomy')],
  ],
}

/** Every pair of a head and the controls that it fills: names, and the controls' part of a config. */
export const PAIRS = Object.keys(HEADS).flatMap((head) =>
  (CONTROLS[head.split(' ').at(-1) ?? ''] ?? []).map(([control, xml]) => [head, control, xml] as const),
)

/** What the backend answers of one picture. */
export async function askHead(head: string, controls: string): Promise<Asked> {
  const model = HEADS[head]
  if (model === undefined) throw new Error(`there is no head ${head}`)
  return ask(controls, { model: writeOnnx(model) })
}
