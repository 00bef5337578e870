import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { parseOptions } from '../parse-options.js'
import { decodeInference, encodeInference } from './inference-protocol.js'
import type { Session, TensorInfo } from './session.js'

/** A model on an inference server that speaks the Open Inference Protocol v2 over HTTP. */
export interface RemoteModel {
  /** Where the server is: `http://triton:8000`. */
  readonly url: string
  /** Name of the model on the server. */
  readonly model: string
  /** @default the version that the server chooses */
  readonly version?: string
  /** Sent with each request, for instance an authorization. Never shown in messages. */
  readonly headers?: Readonly<Record<string, string>>
  /** Send and ask for tensors as bytes instead of JSON. @default what the server says of itself */
  readonly binary?: boolean
  /** Milliseconds that one request may take. @default 30000 */
  readonly timeout?: number
}

/** What {@link RemoteModel} may hold; adapters take it as their `model`. */
export const remoteModelSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  model: z.string().min(1),
  version: z.string().min(1).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  binary: z.boolean().optional(),
  timeout: z.int().positive().default(30_000),
})
export type CheckedRemote = z.output<typeof remoteModelSchema>

const serverMetadata = z.object({ extensions: z.array(z.string()).default([]) })
const tensor = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number()) })
const modelMetadata = z.object({ inputs: z.array(tensor).default([]), outputs: z.array(tensor).default([]) })

/** The protocol's names of element types, and the runtime's. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  FP32: 'float32',
  FP16: 'float16',
  INT64: 'int64',
  INT32: 'int32',
  UINT8: 'uint8',
  BOOL: 'bool',
}

/**
 * A session whose model runs on a server: Triton, KServe, MLServer, OpenVINO Model Server. Several backends may share it,
 * and it may batch what they send.
 *
 * Protocol: https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md, with
 * the binary tensor data extension where the server has it.
 *
 * @throws PrelabelError `invalid-options`, `remote-model-unreachable`, `remote-model-failed`, `remote-model-invalid-answer`
 */
export async function createRemoteSession(model: RemoteModel): Promise<Session> {
  return connect(parseOptions({ name: 'createRemoteSession', page: 'docs/inference.md' }, remoteModelSchema, model))
}

/** The same, of options that were checked. */
export async function connect(remote: CheckedRemote): Promise<Session> {
  const root = remote.url.replace(/\/+$/, '')
  const version = remote.version === undefined ? '' : `/versions/${encodeURIComponent(remote.version)}`
  const place = `${root}/v2/models/${encodeURIComponent(remote.model)}${version}`
  const described = await describe(remote, place)
  const binary = remote.binary ?? (await speaksBinary(remote, `${root}/v2`))
  return {
    inputs: described.inputs.map(tensorInfo),
    outputs: described.outputs.map(tensorInfo),
    provider: 'remote',
    async run(feeds, outputs) {
      const { body, headers } = encodeInference(feeds, outputs, binary)
      const response = await request(remote, `${place}/infer`, { method: 'POST', body, headers })
      const headerLength = response.headers.get('inference-header-content-length')
      return decodeInference(new Uint8Array(await response.arrayBuffer()), headerLength)
    },
    async dispose() {},
  }
}

async function describe(remote: CheckedRemote, place: string): Promise<z.output<typeof modelMetadata>> {
  const response = await request(remote, place)
  const answer = modelMetadata.safeParse(await response.json().catch(() => undefined))
  if (answer.success) return answer.data
  throw new PrelabelError(`The inference server does not describe the model ${remote.model}`, {
    code: 'remote-model-invalid-answer',
    hint: 'The address has to be that of a server of the Open Inference Protocol, without `/v2`.',
  })
}

async function speaksBinary(remote: CheckedRemote, place: string): Promise<boolean> {
  const answer = serverMetadata.safeParse(await (await request(remote, place)).json().catch(() => ({})))
  return answer.success && answer.data.extensions.includes('binary_tensor_data')
}

async function request(remote: CheckedRemote, place: string, init: RequestInit = {}): Promise<Response> {
  const { timeout, model, headers } = remote
  let response: Response
  try {
    response = await fetch(place, {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: AbortSignal.timeout(timeout),
    })
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.name === 'TimeoutError' ? `no answer in ${timeout} ms` : 'no connection'
    throw new PrelabelError(`The inference server of the model ${model} cannot be reached: ${reason}`, {
      code: 'remote-model-unreachable',
      hint: 'Check the address, and that the server speaks the Open Inference Protocol over HTTP.',
      cause,
    })
  }
  if (response.ok) return response
  const reason = z.object({ error: z.string() }).safeParse(await response.json().catch(() => undefined))
  throw new PrelabelError(
    `The inference server refused a request for the model ${model}: ${response.status} ${reason.success ? reason.data.error : response.statusText}`,
    { code: 'remote-model-failed', hint: 'The reason is the server’s; look into its log.' },
  )
}

function tensorInfo({ name, datatype, shape }: z.output<typeof tensor>): TensorInfo {
  const type = TYPE_NAMES[datatype] ?? datatype.toLowerCase()
  return { name, type, shape: shape.map((size) => (size < 0 ? undefined : size)) }
}
