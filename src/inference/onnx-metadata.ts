import { PrelabelError } from '../errors.js'
import { type ProtobufField, protobufFields } from './protobuf.js'
import type { TensorInfo } from './session.js'

/** What an ONNX file says of its model. */
export interface OnnxMetadata {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
  /** `metadata_props`: free keys and values, by which exporters name classes, strides and the like. */
  readonly properties: Readonly<Record<string, string>>
}

/** Field numbers of the messages that are read: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const MODEL = { graph: 7, metadataProps: 14 }
const GRAPH = { initializer: 5, input: 11, output: 12 }
const TENSOR = { name: 8 }
const VALUE_INFO = { name: 1, type: 2 }
const TYPE = { tensor: 1 }
const TENSOR_TYPE = { elementType: 1, shape: 2 }
const SHAPE = { dimension: 1 }
const DIMENSION = { value: 1 }
const ENTRY = { key: 1, value: 2 }

/** `TensorProto.DataType` by number, in the words of the runtime. */
const ELEMENT_TYPES = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
]

/**
 * Reads inputs, outputs and metadata from the bytes of an ONNX file, without a runtime. Weights are passed over.
 *
 * @throws PrelabelError `invalid-model`
 */
export function readOnnxMetadata(model: Uint8Array): OnnxMetadata {
  try {
    const graph = messages(model, MODEL.graph)[0]
    if (graph === undefined) throw new PrelabelError('it holds no graph', { code: 'invalid-protobuf' })
    const initializers = new Set(messages(graph, GRAPH.initializer).map((tensor) => text(tensor, TENSOR.name)))
    return {
      // Up to IR version 3 the weights are listed as inputs too.
      inputs: messages(graph, GRAPH.input)
        .map(tensorInfo)
        .filter(({ name }) => !initializers.has(name)),
      outputs: messages(graph, GRAPH.output).map(tensorInfo),
      properties: Object.fromEntries(
        messages(model, MODEL.metadataProps).map((entry) => [text(entry, ENTRY.key), text(entry, ENTRY.value)]),
      ),
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    if (beginsAsModel(model)) {
      throw new PrelabelError(`The ONNX file is cut short or damaged: ${reason}`, {
        code: 'invalid-model',
        hint: 'Copy or download the file again, or export it anew.',
        cause,
      })
    }
    throw new PrelabelError(`The file is not an ONNX model: ${reason}`, {
      code: 'invalid-model',
      hint: 'Export the weights to ONNX; `.pt`, `.engine` and `.tflite` files are not read.',
      cause,
    })
  }
}

/** Exporters write the version of the format first: field 1, a small number. */
function beginsAsModel([key = 0, version = 0]: Uint8Array): boolean {
  return key === 8 && version > 0 && version < 64
}

function tensorInfo(value: Uint8Array): TensorInfo {
  const name = text(value, VALUE_INFO.name)
  const tensor = message(message(value, VALUE_INFO.type), TYPE.tensor)
  const shape = message(tensor, TENSOR_TYPE.shape)
  return {
    name,
    type: ELEMENT_TYPES[varint(tensor, TENSOR_TYPE.elementType) ?? 0] ?? 'undefined',
    shape: messages(shape, SHAPE.dimension).map((dimension) => varint(dimension, DIMENSION.value)),
  }
}

function messages(within: Uint8Array, number: number): Uint8Array[] {
  return fields(within, number).flatMap((field) => (field.kind === 'bytes' ? [field.value] : []))
}

function message(within: Uint8Array, number: number): Uint8Array {
  return messages(within, number)[0] ?? new Uint8Array()
}

function text(within: Uint8Array, number: number): string {
  return new TextDecoder().decode(message(within, number))
}

function varint(within: Uint8Array, number: number): number | undefined {
  for (const field of fields(within, number)) if (field.kind === 'varint') return field.value
  return undefined
}

function fields(within: Uint8Array, number: number): ProtobufField[] {
  return [...protobufFields(within)].filter((field) => field.number === number)
}
