import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type ProtobufField, protobufFields } from '../../../src/inference/protobuf.js'

/** Rewrites an ONNX file as exporters do with great models: its weights go into a file beside it. */
export async function moveWeights(file: string): Promise<void> {
  const location = `${path.basename(file)}_data`
  const parts: Uint8Array[] = []
  let length = 0
  const tensor = (message: Uint8Array) => {
    const raw = Array.from(protobufFields(message)).find(({ number }) => number === 9)
    if (raw?.kind !== 'bytes' || raw.value.length < 64) return message
    const entries = { location, offset: `${length}`, length: `${raw.value.length}` }
    parts.push(raw.value)
    length += raw.value.length
    return Buffer.concat([
      rewrite(message, 9, () => undefined),
      ...Object.entries(entries).map(([key, value]) => bytes(13, Buffer.concat([bytes(1, key), bytes(2, value)]))),
      Buffer.concat([varint(14 * 8), varint(1)]),
    ])
  }
  const model = rewrite(await readFile(file), 7, (graph) => rewrite(graph, 5, tensor))
  await writeFile(file, model)
  await writeFile(path.join(path.dirname(file), location), Buffer.concat(parts))
}

/** A message whose fields of one number are others; undefined leaves a field out. */
function rewrite(message: Uint8Array, number: number, change: (value: Uint8Array) => Uint8Array | undefined): Buffer {
  const write = (field: ProtobufField) => {
    if (field.kind === 'varint') return [Buffer.concat([varint(field.number * 8), varint(field.value)])]
    const value = field.number === number ? change(field.value) : field.value
    return value === undefined ? [] : [bytes(field.number, value)]
  }
  return Buffer.concat(Array.from(protobufFields(message)).flatMap(write))
}

function bytes(number: number, value: Uint8Array | string): Buffer {
  const content = Buffer.from(value)
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content])
}

function varint(value: number): Buffer {
  const written: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...written, rest])
    written.push((rest % 128) + 128)
  }
}
