import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PrelabelError } from '../../errors.js'
import { type OnnxMetadata, readOnnxMetadata } from '../../inference/onnx-metadata.js'

/** An ONNX file as it is read without running it. */
export interface ModelFile {
  readonly metadata: OnnxMetadata
  /** SHA-256 of its bytes, hex. */
  readonly hash: string
}

/** @throws PrelabelError `model-not-found`, `invalid-model` */
export async function readModelFile(model: string | URL | Uint8Array): Promise<ModelFile> {
  const bytes = model instanceof Uint8Array ? model : await readBytes(model)
  return { metadata: readOnnxMetadata(bytes), hash: createHash('sha256').update(bytes).digest('hex') }
}

async function readBytes(path: string | URL): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new PrelabelError(`The model file ${path} cannot be read`, {
      code: 'model-not-found',
      path: String(path),
      hint: 'Give the path of an .onnx file; a relative one counts from the working directory.',
      cause,
    })
  }
}
