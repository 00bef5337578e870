/** An embedding as bytes: a line of magic, the length of a JSON header, the header, and the tensors one after the other. */

import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { Tensor, TensorType } from '../../../inference/session.js'
import type { Embedding } from '../model/index.js'

const MAGIC = Buffer.from('prelabel embedding 1\n')
const count = z.int().min(0)
const types = ['float32', 'float16', 'int64', 'int32', 'uint8', 'bool'] as const satisfies readonly TensorType[]
const header = z.object({
  width: count,
  height: count,
  crc: count,
  tensors: z.array(z.object({ name: z.string(), type: z.enum(types), dims: z.array(count), bytes: count })),
})

export function writeEmbedding({ width, height, tensors }: Embedding): Uint8Array[] {
  const entries = Object.entries(tensors)
  const parts = entries.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  const head = {
    width,
    height,
    crc: checksum(parts),
    tensors: entries.map(([name, { type, dims, data }]) => ({ name, type, dims, bytes: data.byteLength })),
  }
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return [MAGIC, length, text, ...parts]
}

/** Undefined for what is not whole. */
export function readEmbedding(bytes: Uint8Array): Embedding | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < MAGIC.length + 4 || !file.subarray(0, MAGIC.length).equals(MAGIC)) return undefined
  const start = MAGIC.length + 4
  const end = start + file.readUInt32LE(MAGIC.length)
  const head = parseHeader(file.subarray(start, end).toString())
  if (head === undefined) return undefined
  const total = head.tensors.reduce((sum, tensor) => sum + tensor.bytes, 0)
  const body = file.subarray(end)
  if (body.length !== total || checksum([body]) !== head.crc) return undefined
  let at = 0
  const tensors = head.tensors.flatMap(({ name, type, dims, bytes: size }) => {
    // A copy begins where its type needs it to.
    const data = body.buffer.slice(body.byteOffset + at, body.byteOffset + at + size)
    at += size
    const tensor = data instanceof ArrayBuffer ? toTensor(type, dims, data) : undefined
    return tensor === undefined ? [] : [[name, tensor] as const]
  })
  if (tensors.length !== head.tensors.length) return undefined
  return { width: head.width, height: head.height, tensors: Object.fromEntries(tensors), bytes: total }
}

function parseHeader(text: string): z.infer<typeof header> | undefined {
  try {
    return header.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function checksum(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => crc32(part, sum), 0)
}

const WIDTHS: Readonly<Record<TensorType, number>> = { float32: 4, float16: 2, int64: 8, int32: 4, uint8: 1, bool: 1 }

function toTensor(type: TensorType, dims: readonly number[], data: ArrayBuffer): Tensor | undefined {
  if (data.byteLength !== dims.reduce((product, size) => product * size, WIDTHS[type])) return undefined
  switch (type) {
    case 'float32':
      return { type, dims, data: new Float32Array(data) }
    case 'float16':
      return { type, dims, data: new Uint16Array(data) }
    case 'int64':
      return { type, dims, data: new BigInt64Array(data) }
    case 'int32':
      return { type, dims, data: new Int32Array(data) }
    case 'uint8':
    case 'bool':
      return { type, dims, data: new Uint8Array(data) }
  }
}
