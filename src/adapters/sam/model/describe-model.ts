import type { TensorInfo } from '../../../inference/session.js'

/** A model's inputs and outputs, for messages. */
export function describeModel(model: {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
}): string {
  const list = (tensors: readonly TensorInfo[]) => tensors.map(describeTensor).join(', ')
  return `inputs ${list(model.inputs)}; outputs ${list(model.outputs)}`
}

function describeTensor({ name, type, shape }: TensorInfo): string {
  return `${name} ${type}[${shape.map((size) => size ?? '?').join(',')}]`
}
