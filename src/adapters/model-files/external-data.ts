import path from 'node:path'
import { PrelabelError } from '../../errors.js'
import { protobufFields } from '../../inference/protobuf.js'

/** Field numbers of what is read of an ONNX file: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const MODEL = { graph: 7 }
const GRAPH = { initializer: 5 }
const TENSOR = { externalData: 13 }
const ENTRY = { key: 1, value: 2 }

/**
 * The files that hold weights of a model beside it (`model.onnx_data`), as the model itself names them: paths relative to
 * its folder, each once.
 *
 * @param model bytes of the ONNX file
 * @throws PrelabelError `invalid-model` for what is no ONNX file, or names a file outside its folder
 */
export function externalData(model: Uint8Array): string[] {
  const locations = locationsIn(model)
  const outside = locations.find((location) => path.isAbsolute(location) || location.split(/[\\/]/).includes('..'))
  if (outside !== undefined) throw invalid('The model names weights outside its folder')
  return [...new Set(locations)].sort()
}

function locationsIn(model: Uint8Array): string[] {
  try {
    return messages(model, MODEL.graph)
      .flatMap((graph) => messages(graph, GRAPH.initializer))
      .flatMap((tensor) => messages(tensor, TENSOR.externalData))
      .filter((entry) => text(entry, ENTRY.key) === 'location')
      .map((entry) => text(entry, ENTRY.value))
  } catch (cause) {
    throw invalid('This is no ONNX file', cause)
  }
}

function invalid(why: string, cause?: unknown): PrelabelError {
  return new PrelabelError(why, {
    code: 'invalid-model',
    hint: 'Take the file anew from where the model came from.',
    cause,
  })
}

function messages(message: Uint8Array, number: number): Uint8Array[] {
  return Array.from(protobufFields(message)).flatMap((field) =>
    field.number === number && field.kind === 'bytes' ? [field.value] : [],
  )
}

function text(message: Uint8Array, number: number): string {
  return new TextDecoder().decode(messages(message, number)[0])
}
