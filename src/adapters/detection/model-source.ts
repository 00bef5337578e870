import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PrelabelError } from '../../errors.js'
import { type OnnxMetadata, readOnnxMetadata } from '../../inference/onnx-metadata.js'
import { createOnnxSession } from '../../inference/onnx-session.js'
import { type CheckedRemote, connect } from '../../inference/remote-session.js'
import type { Session } from '../../inference/session.js'
import { type RuntimeOptions, sessionOptions } from './session-options.js'
import type { ParsedSource } from './shared-options.js'

/** What is known of a model before it runs. */
export interface ModelFacts {
  readonly metadata: OnnxMetadata
  /** SHA-256 of the file, hex; for a model on a server its address, name and version. */
  readonly fingerprint: string
}

/** @throws PrelabelError `model-not-found`, `invalid-model`, `remote-model-…` */
export async function readModelFacts(source: ParsedSource): Promise<ModelFacts> {
  if (isRemote(source)) {
    const { inputs, outputs } = await connect(source)
    const { origin, pathname } = new URL(source.url)
    const place = [`${origin}${pathname}`, source.model, source.version ?? 'latest'].join(' ')
    return { metadata: { inputs, outputs, properties: {} }, fingerprint: sha256(Buffer.from(place)) }
  }
  const bytes = source instanceof Uint8Array ? source : await readBytes(source)
  return { metadata: readOnnxMetadata(bytes), fingerprint: sha256(bytes) }
}

/** Opens a model where it is to run. */
export function openModel(options: RuntimeOptions & { readonly model: ParsedSource }): Promise<Session> {
  const { model, pool } = options
  if (isRemote(model)) return connect(model)
  const open = pool?.open ?? createOnnxSession
  return open(model, sessionOptions(options))
}

function isRemote(source: ParsedSource): source is CheckedRemote {
  return typeof source === 'object' && !(source instanceof URL) && !(source instanceof Uint8Array)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
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
