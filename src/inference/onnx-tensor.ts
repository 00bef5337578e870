import { PrelabelError } from '../errors.js'
import type { OnnxRuntime, RuntimeTensor } from './onnx-runtime.js'
import type { Tensor } from './session.js'

/** A tensor as the runtime wants it; the data is shared, not copied. */
export function toOnnxTensor(lib: OnnxRuntime, tensor: Tensor): RuntimeTensor {
  switch (tensor.type) {
    case 'float32':
      return new lib.Tensor('float32', tensor.data, tensor.dims)
    case 'float16':
      return halfTensor(lib, tensor.data, tensor.dims)
    case 'int64':
      return new lib.Tensor('int64', tensor.data, tensor.dims)
    case 'int32':
      return new lib.Tensor('int32', tensor.data, tensor.dims)
    case 'uint8':
      return new lib.Tensor('uint8', tensor.data, tensor.dims)
    case 'bool':
      return new lib.Tensor('bool', tensor.data, tensor.dims)
  }
}

/**
 * Where JavaScript has a Float16Array (Node 24), the runtime's constructor makes one of the data, whose length its native
 * part then reads as 0; it takes the 16-bit patterns themselves everywhere.
 */
function halfTensor(lib: OnnxRuntime, data: Uint16Array, dims: readonly number[]): RuntimeTensor {
  return Object.defineProperty(new lib.Tensor('float16', data, dims), 'data', { value: data })
}

/**
 * A tensor as the library wants it; the data is shared, not copied.
 *
 * @throws PrelabelError `unsupported-tensor-type`
 */
export function fromOnnxTensor(name: string, { type, dims, data }: RuntimeTensor): Tensor {
  if (type === 'float32' && data instanceof Float32Array) return { type, dims, data }
  // Newer versions of Node give a Float16Array here.
  if (type === 'float16' && ArrayBuffer.isView(data))
    return { type, dims, data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) }
  if (type === 'int64' && data instanceof BigInt64Array) return { type, dims, data }
  if (type === 'int32' && data instanceof Int32Array) return { type, dims, data }
  if ((type === 'uint8' || type === 'bool') && data instanceof Uint8Array) return { type, dims, data }
  throw new PrelabelError(`The model's output ${name} is of type ${type}, which is not supported`, {
    code: 'unsupported-tensor-type',
    hint: 'Supported are float32, float16, int64, int32, uint8 and bool; add a Cast to the model.',
  })
}
