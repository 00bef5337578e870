import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileMissing } from './model-file-errors.js'

/** Which of the folder's weights to take. */
export interface WeightsChoice {
  /** A variant by its name. */
  readonly dtype?: Dtype | undefined
  /** A file, relative to the folder: `onnx/model_q4.onnx`. */
  readonly file?: string | undefined
}

const SUFFIXES = {
  fp32: '',
  fp16: '_fp16',
  int8: '_int8',
  uint8: '_uint8',
  q8: '_quantized',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const

/** A variant of a model's weights. */
type Dtype = keyof typeof SUFFIXES

/** Where the chosen weights stand in the usual layout, relative to the folder. */
export function weightsFile({ file, dtype }: WeightsChoice): string {
  return file ?? `onnx/${fileName(dtype)}`
}

/**
 * The chosen weights of a folder, relative to it; without a choice `model.onnx`, or the only file there is.
 *
 * @param advice how to come by weights, for the error
 * @throws PrelabelError `model-file-missing`
 */
export async function chooseWeights(folder: string, { file, dtype }: WeightsChoice, advice: string): Promise<string> {
  const found = await weightsIn(folder)
  const wanted = file ?? named(found, dtype)
  if (wanted !== undefined && found.includes(path.normalize(wanted))) return wanted
  const [only] = found
  if (wanted === undefined && dtype === undefined && only !== undefined && found.length === 1) return only
  throw fileMissing(
    folder,
    weightsFile({ file, dtype }),
    found.length === 0 ? 'It holds no .onnx file.' : `It holds ${found.join(', ')}.`,
    advice,
  )
}

function named(found: readonly string[], dtype: Dtype | undefined): string | undefined {
  return found.find((file) => path.basename(file) === fileName(dtype))
}

function fileName(dtype: Dtype = 'fp32'): string {
  return `model${SUFFIXES[dtype]}.onnx`
}

async function weightsIn(folder: string): Promise<string[]> {
  const inFolder = async (sub: string) => {
    const names = await readdir(path.join(folder, sub)).catch(() => [])
    return names.filter((name) => name.endsWith('.onnx')).map((name) => path.join(sub, name))
  }
  return [...(await inFolder('onnx')), ...(await inFolder('.'))]
}
