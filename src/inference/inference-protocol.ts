import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import type { Tensor, TensorType } from './session.js'

/** Requests and answers of the Open Inference Protocol v2, with and without its binary tensor data extension. */

const DATATYPES = {
  float32: 'FP32',
  float16: 'FP16',
  int64: 'INT64',
  int32: 'INT32',
  uint8: 'UINT8',
  bool: 'BOOL',
} as const satisfies Record<TensorType, string>

const answerSchema = z.object({
  outputs: z.array(
    z.object({
      name: z.string(),
      datatype: z.string(),
      shape: z.array(z.int().min(0)),
      // Hundreds of thousands of numbers: they are checked when they are taken over.
      data: z.custom<readonly unknown[]>(Array.isArray).optional(),
      parameters: z.object({ binary_data_size: z.int().min(0).optional() }).optional(),
    }),
  ),
})
type Output = z.output<typeof answerSchema>['outputs'][number]

export interface EncodedInference {
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The body of a request.
 *
 * @param outputs names of the outputs that are wanted; all without it
 * @param binary tensors as bytes after the JSON, instead of numbers in it
 */
export function encodeInference(
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[] | undefined,
  binary: boolean,
): EncodedInference {
  const entries = Object.entries(feeds)
  const wanted = outputs === undefined ? {} : { outputs: outputs.map((name) => ({ name })) }
  const head = (name: string, { type, dims }: Tensor) => ({ name, shape: dims, datatype: DATATYPES[type] })
  if (!binary) {
    const inputs = entries.map(([name, tensor]) => ({ ...head(name, tensor), data: plainNumbers(name, tensor) }))
    return { body: JSON.stringify({ inputs, ...wanted }), headers: { 'content-type': 'application/json' } }
  }
  const inputs = entries.map(([name, tensor]) => ({
    ...head(name, tensor),
    parameters: { binary_data_size: tensor.data.byteLength },
  }))
  const json = Buffer.from(JSON.stringify({ inputs, ...wanted, parameters: { binary_data_output: true } }))
  const parts = entries.map(([, { data }]) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))
  return {
    body: Buffer.concat([json, ...parts]),
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(json.length),
    },
  }
}

function plainNumbers(name: string, { type, data }: Tensor): (number | boolean)[] {
  if (type === 'float16')
    throw new PrelabelError(`The input ${name} is of half precision, which has no form in JSON`, {
      code: 'unsupported-tensor-type',
      hint: 'Use a server with the binary tensor data extension, or a model of single precision.',
    })
  if (type === 'bool') return Array.from(data, (value) => value !== 0)
  return Array.from(data, Number)
}

/**
 * The tensors of an answer.
 *
 * @param headerLength the header `Inference-Header-Content-Length`: where JSON ends and bytes begin
 * @throws PrelabelError `remote-model-invalid-answer`, `unsupported-tensor-type`
 */
export function decodeInference(body: Uint8Array, headerLength: string | null): Record<string, Tensor> {
  const split = headerLength === null ? body.length : Number(headerLength)
  const outputs = parseAnswer(body.subarray(0, split))
  let at = split
  return Object.fromEntries(
    outputs.map((output) => {
      const size = output.parameters?.binary_data_size
      if (size === undefined) return [output.name, fromNumbers(output)]
      const bytes = body.slice(at, at + size)
      at += size
      return [output.name, fromBytes(output, bytes)]
    }),
  )
}

function parseAnswer(json: Uint8Array): Output[] {
  try {
    return answerSchema.parse(JSON.parse(new TextDecoder().decode(json))).outputs
  } catch (cause) {
    throw invalidAnswer('The inference server’s answer is not of the Open Inference Protocol', cause)
  }
}

function fromNumbers(output: Output): Tensor {
  const dims = output.shape
  switch (output.datatype) {
    case 'FP64':
    case 'FP32':
      return checked(output, { type: 'float32', dims, data: Float32Array.from(numbersOf(output, toNumber)) })
    case 'INT64':
      return checked(output, { type: 'int64', dims, data: BigInt64Array.from(numbersOf(output, toInteger), BigInt) })
    case 'INT32':
      return checked(output, { type: 'int32', dims, data: Int32Array.from(numbersOf(output, toInteger)) })
    case 'UINT8':
      return checked(output, { type: 'uint8', dims, data: Uint8Array.from(numbersOf(output, toInteger)) })
    case 'BOOL':
      return checked(output, { type: 'bool', dims, data: Uint8Array.from(numbersOf(output, toInteger)) })
    default:
      throw unsupported(output)
  }
}

/** The numbers of an output, whose data may come nested as the shape says, or flat. */
function numbersOf({ name, datatype, data = [] }: Output, read: (value: unknown) => number | undefined): number[] {
  const numbers: number[] = []
  const take = (values: readonly unknown[]) => {
    for (const value of values) {
      if (Array.isArray(value)) {
        take(value)
        continue
      }
      const number = read(value)
      if (number !== undefined) numbers.push(number)
      else throw invalidAnswer(`The inference server gave ${shown(value)} in the output ${name}, which is ${datatype}`)
    }
  }
  take(data)
  return numbers
}

function shown(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : `a ${typeof value}`
}

/** JSON has no NaN: servers write null, for infinities too. */
function toNumber(value: unknown): number | undefined {
  if (value === null) return Number.NaN
  return typeof value === 'number' ? value : undefined
}

function toInteger(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/** `bytes` is a copy, so its buffer begins with it and is aligned. */
function fromBytes(output: Output, { buffer, byteLength }: Uint8Array<ArrayBuffer>): Tensor {
  const dims = output.shape
  switch (output.datatype) {
    case 'FP32':
      return checked(output, { type: 'float32', dims, data: new Float32Array(buffer, 0, byteLength >> 2) })
    case 'FP16':
      return checked(output, { type: 'float16', dims, data: new Uint16Array(buffer, 0, byteLength >> 1) })
    case 'INT64':
      return checked(output, { type: 'int64', dims, data: new BigInt64Array(buffer, 0, byteLength >> 3) })
    case 'INT32':
      return checked(output, { type: 'int32', dims, data: new Int32Array(buffer, 0, byteLength >> 2) })
    case 'UINT8':
      return checked(output, { type: 'uint8', dims, data: new Uint8Array(buffer) })
    case 'BOOL':
      return checked(output, { type: 'bool', dims, data: new Uint8Array(buffer) })
    default:
      throw unsupported(output)
  }
}

function checked({ name, shape }: Output, tensor: Tensor): Tensor {
  const wanted = shape.reduce((product, size) => product * size, 1)
  if (tensor.data.length === wanted) return tensor
  throw invalidAnswer(
    `The inference server gave ${tensor.data.length} values for the output ${name} of shape [${shape.join(', ')}]`,
  )
}

function invalidAnswer(message: string, cause?: unknown): PrelabelError {
  return new PrelabelError(message, {
    code: 'remote-model-invalid-answer',
    hint: 'Ask the server for the same by hand; its log, or another version of it, may tell more.',
    cause,
  })
}

function unsupported({ name, datatype }: Output): PrelabelError {
  return new PrelabelError(`The model's output ${name} is of type ${datatype}, which is not supported`, {
    code: 'unsupported-tensor-type',
    hint: 'Supported are FP32, FP16, INT64, INT32, UINT8 and BOOL.',
  })
}
