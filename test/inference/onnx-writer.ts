/** Writes tiny ONNX files whose outputs are constants: models of every shape without weights. */

export interface WrittenInput {
  readonly name: string
  /** @default 'float32' */
  readonly type?: keyof typeof TYPES
  /** A free dimension is a name. */
  readonly dims: readonly (number | string)[]
}

export interface WrittenOutput {
  readonly name: string
  readonly dims: readonly number[]
  /** The shape as the file tells it, a free dimension by a name. @default dims */
  readonly declared?: readonly (number | string)[]
  readonly data: Float32Array | Uint8Array
}

export interface WrittenModel {
  readonly inputs: readonly WrittenInput[]
  readonly outputs: readonly WrittenOutput[]
  readonly properties?: Readonly<Record<string, string>>
  readonly opset?: number
}

const TYPES = { float32: 1, uint8: 2, int64: 7, bool: 9, float16: 10 } as const
const TENSOR_ATTRIBUTE = 4

/** The bytes of a model; field numbers as in onnx.proto. */
export function writeOnnx({ inputs, outputs, properties = {}, opset = 17 }: WrittenModel): Uint8Array {
  const graph = [
    ...outputs.map((output) => message(1, constantNode(output))),
    text(2, 'written'),
    ...inputs.map(({ name, type = 'float32', dims }) => message(11, valueInfo(name, TYPES[type], dims))),
    ...outputs.map(({ name, dims, data, declared = dims }) => message(12, valueInfo(name, typeOf(data), declared))),
  ]
  return Buffer.concat([
    integer(1, 8),
    message(7, graph),
    message(8, [text(1, ''), integer(2, opset)]),
    ...Object.entries(properties).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ])
}

function constantNode({ name, dims, data }: WrittenOutput): Buffer[] {
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const tensor = [...dims.map((size) => integer(1, size)), integer(2, typeOf(data)), bytes(9, raw)]
  const attribute = [text(1, 'value'), message(5, tensor), integer(20, TENSOR_ATTRIBUTE)]
  return [text(2, name), text(4, 'Constant'), message(5, attribute)]
}

function typeOf(data: WrittenOutput['data']): number {
  return data instanceof Uint8Array ? TYPES.uint8 : TYPES.float32
}

function valueInfo(name: string, type: number, dims: readonly (number | string)[]): Buffer[] {
  const shape = dims.map((size) => message(1, [typeof size === 'number' ? integer(1, size) : text(2, size)]))
  return [text(1, name), message(2, [message(1, [integer(1, type), message(2, shape)])])]
}

function message(field: number, parts: readonly Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts))
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value))
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(value.length), value])
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)])
}

function varint(value: number): Buffer {
  const parts: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) parts.push((rest % 128) | 128)
  return Buffer.from([...parts, rest])
}
