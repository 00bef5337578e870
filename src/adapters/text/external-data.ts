import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { externalData } from '../model-files/external-data.js'
import { fileInvalid } from './model-file-errors.js'

/**
 * The files that hold weights of a model beside it.
 *
 * @param weights path of the model, relative to `folder`
 * @returns paths relative to `folder`
 * @throws PrelabelError `model-file-invalid` for what is no ONNX file, or names a file outside its folder
 */
export async function externalDataFiles(folder: string, weights: string): Promise<string[]> {
  const model = await readFile(path.join(folder, weights))
  try {
    return externalData(model).map((location) => path.join(path.dirname(weights), location))
  } catch (cause) {
    throw fileInvalid(folder, weights, cause instanceof Error ? cause.message : String(cause))
  }
}
