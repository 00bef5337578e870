/** Puts nodes before and behind an ONNX model, and takes inputs away: what other exporters would have made of it. */

import { protobufFields } from '../../../src/inference/protobuf.js'

const TYPES = { float32: 1, uint8: 2, int64: 7, float16: 10 } as const

/** An input or output; a free dimension has a name. */
export interface Value {
  readonly name: string
  readonly type: keyof typeof TYPES
  readonly shape: readonly (number | string)[]
}

export interface Constant {
  readonly name: string
  readonly dims: readonly number[]
  readonly data: Float32Array | BigInt64Array
}

export interface Node {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>
}

export interface Changes {
  readonly withoutInputs?: readonly string[]
  readonly inputs?: readonly Value[]
  readonly constants?: readonly Constant[]
  readonly before?: readonly Node[]
  readonly behind?: readonly Node[]
  /** Instead of the model's own. */
  readonly outputs?: readonly Value[]
}

const GRAPH = 7
const NODE = 1
const INITIALIZER = 5
const INPUT = 11
const OUTPUT = 12

/** Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
export function changeModel(model: Uint8Array, changes: Changes): Uint8Array {
  return joined(fieldsOf(model, (number, value) => (number === GRAPH ? changeGraph(value, changes) : value)))
}

function changeGraph(graph: Uint8Array, changes: Changes): Uint8Array {
  const { withoutInputs = [], inputs = [], constants = [], before = [], behind = [], outputs } = changes
  const kept = fieldsOf(graph, (number, value) => {
    if (number === INPUT && withoutInputs.includes(nameOf(value))) return undefined
    return number === OUTPUT && outputs !== undefined ? undefined : value
  })
  return joined([
    ...before.map((node) => bytesField(NODE, nodeBytes(node))),
    ...kept,
    ...behind.map((node) => bytesField(NODE, nodeBytes(node))),
    ...constants.map((constant) => bytesField(INITIALIZER, constantBytes(constant))),
    ...inputs.map((value) => bytesField(INPUT, valueBytes(value))),
    ...(outputs ?? []).map((value) => bytesField(OUTPUT, valueBytes(value))),
  ])
}

function fieldsOf(message: Uint8Array, change: (number: number, value: Uint8Array) => Uint8Array | undefined) {
  return [...protobufFields(message)].flatMap((field) => {
    if (field.kind === 'varint') return [varintField(field.number, field.value)]
    const value = change(field.number, field.value)
    return value === undefined ? [] : [bytesField(field.number, value)]
  })
}

function nameOf(value: Uint8Array): string {
  for (const field of protobufFields(value))
    if (field.number === 1 && field.kind === 'bytes') return new TextDecoder().decode(field.value)
  return ''
}

function nodeBytes({ op, inputs, outputs, attributes = {} }: Node): Uint8Array {
  return joined([
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeBytes(name, value))),
  ])
}

function attributeBytes(name: string, value: number | readonly number[]): Uint8Array {
  const [INT, INTS] = [2, 7]
  if (typeof value === 'number') return joined([textField(1, name), varintField(3, value), varintField(20, INT)])
  return joined([textField(1, name), ...value.map((each) => varintField(8, each)), varintField(20, INTS)])
}

function constantBytes({ name, dims, data }: Constant): Uint8Array {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const type = data instanceof Float32Array ? TYPES.float32 : TYPES.int64
  return joined([
    ...dims.map((size) => varintField(1, size)),
    varintField(2, type),
    textField(8, name),
    bytesField(9, raw),
  ])
}

function valueBytes({ name, type, shape }: Value): Uint8Array {
  const dimensions = shape.map((size) =>
    bytesField(1, typeof size === 'number' ? varintField(1, size) : textField(2, size)),
  )
  const tensor = joined([varintField(1, TYPES[type]), bytesField(2, joined(dimensions))])
  return joined([textField(1, name), bytesField(2, bytesField(1, tensor))])
}

function textField(number: number, text: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(text))
}

function bytesField(number: number, value: Uint8Array): Uint8Array {
  return joined([varint(number * 8 + 2), varint(value.length), value])
}

function varintField(number: number, value: number): Uint8Array {
  return joined([varint(number * 8), varint(value)])
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Uint8Array.from([...bytes, rest])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}
