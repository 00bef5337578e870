import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrelabelError } from '../../../errors.js'
import { readModelMetadata } from '../../detection/model-source.js'
import type { ParsedSource } from '../../detection/shared-options.js'
import { readDecoderLayout } from './decoder-layout.js'
import { describeModel } from './describe-model.js'
import { readEncoderLayout } from './encoder-layout.js'
import type { ParsedSamModelOptions } from './options.js'

/** The files of a model. */
export interface ModelFiles {
  readonly encoder: ParsedSource
  readonly decoder: ParsedSource
  readonly boxDecoder?: ParsedSource
  /** Where the files beside them stand, when they stand on this machine. */
  readonly folder?: string
}

type Role = 'encoder' | 'decoder' | 'boxDecoder'

/** The names of transformers.js' layout; other variants of the weights stand beside them under longer names. */
const USUAL: Readonly<Record<string, Role>> = {
  'vision_encoder.onnx': 'encoder',
  'prompt_encoder_mask_decoder.onnx': 'decoder',
  'prompt_encoder_mask_decoder_boxes.onnx': 'boxDecoder',
}

/**
 * The files that the options name, or those of a folder and its `onnx/`: by the names of transformers.js' layout, else by
 * what goes in and comes out of each.
 *
 * @throws PrelabelError `sam-folder-not-found`, `sam-model-incomplete`, `invalid-model`
 */
export async function findFiles(model: ParsedSamModelOptions['model']): Promise<ModelFiles> {
  if (typeof model === 'string' || model instanceof URL) return findInFolder(pathOf(model))
  const { encoder, decoder, boxDecoder } = model
  const beside = typeof encoder === 'string' || encoder instanceof URL ? path.dirname(pathOf(encoder)) : undefined
  return {
    encoder,
    decoder,
    ...(boxDecoder === undefined ? {} : { boxDecoder }),
    ...(beside === undefined ? {} : { folder: path.basename(beside) === 'onnx' ? path.dirname(beside) : beside }),
  }
}

/** A file of a folder, and what it is for; undefined when it is neither. */
interface Found {
  readonly file: string
  readonly role: Role | undefined
  /** In words, for messages. */
  readonly seen: string
}

async function findInFolder(folder: string): Promise<ModelFiles> {
  const files = await onnxFiles(folder)
  const byName = files.map((file): Found => ({ file, role: USUAL[path.basename(file)], seen: file }))
  const found = isWhole(byName) ? byName : await Promise.all(files.map((file) => inspectFile(folder, file)))
  const of = (role: Role) => found.filter((each) => each.role === role).map(({ file }) => path.join(folder, file))
  const [encoder, ...encoders] = of('encoder')
  const [decoder, ...decoders] = of('decoder')
  const [boxDecoder] = of('boxDecoder')
  if (encoder === undefined || decoder === undefined || encoders.length > 0 || decoders.length > 0)
    throw notOneModel(folder, found)
  return { folder, encoder, decoder, ...(boxDecoder === undefined ? {} : { boxDecoder }) }
}

function isWhole(found: readonly Found[]): boolean {
  return found.some(({ role }) => role === 'encoder') && found.some(({ role }) => role === 'decoder')
}

async function inspectFile(folder: string, file: string): Promise<Found> {
  const metadata = await readModelMetadata(path.join(folder, file))
  const decoder = readDecoderLayout(metadata.inputs, metadata.outputs)
  if (decoder?.points !== undefined) return { file, role: 'decoder', seen: `${file} is a decoder` }
  if (decoder !== undefined) return { file, role: 'boxDecoder', seen: `${file} is a decoder of boxes alone` }
  if (readEncoderLayout(metadata.inputs, metadata.outputs) !== undefined)
    return { file, role: 'encoder', seen: `${file} is an encoder` }
  return { file, role: undefined, seen: `${file} is neither, with ${describeModel(metadata)}` }
}

function notOneModel(folder: string, found: readonly Found[]): PrelabelError {
  const seen = found.length === 0 ? 'it holds no .onnx file' : found.map((each) => each.seen).join('; ')
  return new PrelabelError(`${folder} holds not one encoder and one decoder of points: ${seen}`, {
    code: 'sam-model-incomplete',
    path: folder,
    hint: 'Put both files of one model into the folder, or name them: `model: { encoder, decoder }`.',
  })
}

async function onnxFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new PrelabelError(`The model folder ${folder} cannot be read`, {
      code: 'sam-folder-not-found',
      path: folder,
      hint: 'Give a folder that holds encoder and decoder, or `model: { encoder, decoder }`.',
      cause,
    })
  })
  const below = await readdir(path.join(folder, 'onnx')).catch(() => [])
  return [...names, ...below.map((name) => path.join('onnx', name))].filter((name) => name.endsWith('.onnx')).sort()
}

function pathOf(model: string | URL): string {
  return model instanceof URL ? fileURLToPath(model) : model
}
