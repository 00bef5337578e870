import { fromFloat16, toFloat16 } from '../../../inference/float16.js'
import type { Tensor, TensorInfo } from '../../../inference/session.js'

/** Numbers as a tensor of the type that an input wants. */
export function tensorOf({ type }: Pick<TensorInfo, 'type'>, dims: readonly number[], values: Float32Array): Tensor {
  if (type === 'float16') return { type, dims, data: toFloat16(values) }
  if (type === 'int64') return { type, dims, data: BigInt64Array.from(values, BigInt) }
  if (type === 'int32') return { type, dims, data: Int32Array.from(values) }
  return { type: 'float32', dims, data: values }
}

/** A tensor's numbers; without a copy where they are single floats already. */
export function floatsOf(tensor: Tensor): Float32Array {
  if (tensor.type === 'float32') return tensor.data
  if (tensor.type === 'float16') return fromFloat16(tensor.data)
  return Float32Array.from(tensor.data, Number)
}

/** The same numbers in the type that an input wants. */
export function asTypeOf(info: Pick<TensorInfo, 'type'>, tensor: Tensor): Tensor {
  return tensor.type === info.type ? tensor : tensorOf(info, tensor.dims, floatsOf(tensor))
}
