import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OnnxMetadata, readOnnxMetadata } from '../../inference/onnx-metadata.js'
import { createOnnxSession } from '../../inference/onnx-session.js'
import { type CheckedRemote, connect } from '../../inference/remote-session.js'
import type { Session } from '../../inference/session.js'
import { externalData } from '../model-files/external-data.js'
import { hashModel, modelNotFound } from '../model-files/hash-model.js'
import { type RuntimeOptions, sessionOptions } from './session-options.js'
import type { ParsedSource } from './shared-options.js'

type LocalSource = Exclude<ParsedSource, CheckedRemote>

/** What is known of a model before it runs. */
export interface ModelFacts {
  readonly metadata: OnnxMetadata
  /** SHA-256 of the file and of the weights beside it, hex; for a model on a server its address, name and version. */
  readonly fingerprint: string
}

/** @throws PrelabelError `model-not-found`, `invalid-model`, `remote-model-…` */
export async function readModelFacts(source: ParsedSource): Promise<ModelFacts> {
  if (isRemote(source)) return { metadata: await readModelMetadata(source), fingerprint: await hashPlace(source) }
  const { metadata, beside } = await lookInto(source)
  return { metadata, fingerprint: await hashModel([source, ...beside]) }
}

/** The same without the fingerprint, for which all weights are hashed. */
export async function readModelMetadata(source: ParsedSource): Promise<OnnxMetadata> {
  if (!isRemote(source)) return (await lookInto(source)).metadata
  const { inputs, outputs } = await connect(source)
  return { inputs, outputs, properties: {} }
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

/** What a model says of itself, and the files beside it that hold weights of it. */
async function lookInto(source: LocalSource): Promise<{ metadata: OnnxMetadata; beside: string[] }> {
  if (source instanceof Uint8Array) return { metadata: readOnnxMetadata(source), beside: [] }
  const bytes = await readFile(source).catch((cause: unknown) => {
    throw modelNotFound(source, cause)
  })
  const folder = path.dirname(source instanceof URL ? fileURLToPath(source) : source)
  return {
    metadata: readOnnxMetadata(bytes),
    beside: externalData(bytes).map((location) => path.join(folder, location)),
  }
}

function hashPlace({ url, model, version = 'latest' }: CheckedRemote): Promise<string> {
  const { origin, pathname } = new URL(url)
  return hashModel([Buffer.from([`${origin}${pathname}`, model, version].join(' '))])
}
