import { PrelabelError } from '../../../errors.js'
import type { Tensor, TensorInfo } from '../../../inference/session.js'

/**
 * Which of the encoder's outputs each input of the decoder gets: the one of its name, else the only one of its shape
 * that is nobody's by name.
 *
 * @throws PrelabelError `sam-model-mismatch` when one gets none
 */
export function matchEmbeddings(
  inputs: readonly TensorInfo[],
  outputs: Readonly<Record<string, Tensor>>,
): ReadonlyMap<string, string> {
  return new Map(
    inputs.map((input) => {
      const fitting = Object.keys(outputs).filter((name) => fits(input, outputs[name]))
      if (fitting.includes(input.name)) return [input.name, input.name]
      const [output, another] = fitting.filter((name) => !inputs.some((other) => other.name === name))
      if (output !== undefined && another === undefined) return [input.name, output]
      const given = Object.entries(outputs).map(([name, { dims }]) => `${name} [${dims}]`)
      const wanted = `${input.name} [${input.shape.map((size) => size ?? '?')}]`
      throw mismatch(`the decoder wants ${wanted}, the encoder gives ${given.join(', ')}`)
    }),
  )
}

/** The model's two halves are not of one model. */
export function mismatch(reason: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`Encoder and decoder do not belong together: ${reason}`, {
    code: 'sam-model-mismatch',
    hint: 'Take both files from one export of one model.',
    cause,
  })
}

function fits({ shape }: TensorInfo, tensor: Tensor | undefined): boolean {
  return (
    tensor !== undefined &&
    tensor.dims.length === shape.length &&
    shape.every((size, i) => size === undefined || size === tensor.dims[i])
  )
}
