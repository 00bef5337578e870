import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protobufFields } from '../../inference/protobuf.js'
import { fileInvalid } from './model-file-errors.js'

/** Field numbers of what is read of an ONNX file: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const MODEL = { graph: 7 }
const GRAPH = { initializer: 5 }
const TENSOR = { externalData: 13 }
const ENTRY = { key: 1, value: 2 }

/**
 * The files that hold weights of a model beside it (`model.onnx_data`), as the model itself names them: paths relative to
 * its folder, each once.
 *
 * @param weights path of the model, relative to `folder`
 * @throws PrelabelError `model-file-invalid` for what is no ONNX file, or names a file outside its folder
 */
export async function externalDataFiles(folder: string, weights: string): Promise<string[]> {
  const locations = new Set<string>()
  for (const location of locationsIn(await readFile(path.join(folder, weights)), folder, weights)) {
    if (path.isAbsolute(location) || location.split(/[\\/]/).includes('..'))
      throw fileInvalid(folder, weights, 'it names weights outside its folder')
    locations.add(path.join(path.dirname(weights), location))
  }
  return [...locations].sort()
}

function locationsIn(model: Uint8Array, folder: string, weights: string): string[] {
  try {
    return messages(model, MODEL.graph)
      .flatMap((graph) => messages(graph, GRAPH.initializer))
      .flatMap((tensor) => messages(tensor, TENSOR.externalData))
      .filter((entry) => text(entry, ENTRY.key) === 'location')
      .map((entry) => text(entry, ENTRY.value))
  } catch {
    throw fileInvalid(folder, weights, 'it is no ONNX file')
  }
}

function messages(message: Uint8Array, number: number): Uint8Array[] {
  return Array.from(protobufFields(message)).flatMap((field) =>
    field.number === number && field.kind === 'bytes' ? [field.value] : [],
  )
}

function text(message: Uint8Array, number: number): string {
  return new TextDecoder().decode(messages(message, number)[0])
}
