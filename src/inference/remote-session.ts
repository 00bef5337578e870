import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { parseOptions } from '../parse-options.js'
import { decodeInference, encodeInference } from './inference-protocol.js'
import type { Session, Tensor, TensorInfo } from './session.js'

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
  const outputsInfo = described.outputs.map(tensorInfo)
  const disposed = new AbortController()
  return {
    inputs: described.inputs.map(tensorInfo),
    outputs: outputsInfo,
    provider: 'remote',
    async run(feeds, outputs, { signal } = {}) {
      const { body, headers } = encodeInference(feeds, outputs, binary)
      const ends = AbortSignal.any([disposed.signal, ...(signal === undefined ? [] : [signal])])
      const answer = await request(remote, `${place}/infer`, { method: 'POST', body, headers, signal: ends })
      const tensors = decodeInference(answer.body, answer.headers.get('inference-header-content-length'))
      checkShapes(remote, outputsInfo, tensors)
      return tensors
    },
    async dispose() {
      disposed.abort(disposedOf(remote))
    },
  }
}

function disposedOf({ model }: CheckedRemote): PrelabelError {
  return new PrelabelError(`The model ${model} could not be run: it has been disposed of`, { code: 'model-run-failed' })
}

/** A server may exchange the model of a name while it is in use. */
function checkShapes({ model }: CheckedRemote, outputs: readonly TensorInfo[], tensors: Record<string, Tensor>): void {
  for (const { name, shape } of outputs) {
    const dims = tensors[name]?.dims
    if (dims === undefined || shape.length === 0) continue
    if (dims.length === shape.length && shape.every((size, axis) => size === undefined || size === dims[axis])) continue
    const declared = shape.map((size) => size ?? '?').join(', ')
    throw new PrelabelError(
      `The inference server gave the output ${name} of the model ${model} as [${dims.join(', ')}], and had described it as [${declared}]`,
      {
        code: 'remote-model-invalid-answer',
        hint: 'If the server has another model under that name now, start the backend again.',
      },
    )
  }
}

async function describe(remote: CheckedRemote, place: string): Promise<z.output<typeof modelMetadata>> {
  const answer = modelMetadata.safeParse(jsonOf(await request(remote, place)))
  if (answer.success) return answer.data
  throw new PrelabelError(`The inference server does not describe the model ${remote.model}`, {
    code: 'remote-model-invalid-answer',
    hint: 'The address has to be that of a server of the Open Inference Protocol, without `/v2`.',
  })
}

async function speaksBinary(remote: CheckedRemote, place: string): Promise<boolean> {
  const answer = serverMetadata.safeParse(jsonOf(await request(remote, place)))
  return answer.success && answer.data.extensions.includes('binary_tensor_data')
}

interface Answer {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Headers
}

function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

async function request(remote: CheckedRemote, place: string, init: RequestInit = {}): Promise<Answer> {
  const { timeout, model, headers } = remote
  const late = AbortSignal.timeout(timeout)
  const signal = init.signal == null ? late : AbortSignal.any([late, init.signal])
  // A redirect would take the headers and the pictures to another host.
  const asked: RequestInit = { ...init, headers: { ...headers, ...init.headers }, redirect: 'manual', signal }
  const send = async () => {
    const response = await fetch(place, asked)
    return { response, answer: { headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) } }
  }
  // A server may close an idle connection just when it is used again; to ask twice changes nothing.
  const sent = await send()
    .catch((error: unknown) => {
      if (signal.aborted) throw error
      return send()
    })
    .catch((cause: unknown) => {
      init.signal?.throwIfAborted()
      const reason = late.aborted ? `no answer in ${timeout} ms` : 'no connection, or one that broke'
      throw new PrelabelError(`The inference server of the model ${model} cannot be reached: ${reason}`, {
        code: 'remote-model-unreachable',
        hint: 'Check the address, and that the server speaks the Open Inference Protocol over HTTP.',
        cause,
      })
    })
  if (sent.response.ok) return sent.answer
  throw refusedBy(remote, sent.response, sent.answer)
}

function refusedBy({ model }: CheckedRemote, { status, statusText }: Response, answer: Answer): PrelabelError {
  const moved = answer.headers.get('location')
  if (status >= 300 && status < 400 && moved !== null)
    return new PrelabelError(`The inference server of the model ${model} redirects to ${hostOf(moved)}`, {
      code: 'remote-model-failed',
      hint: 'Give the address that it redirects to, if it is the right one: redirects are not followed.',
    })
  const reason = z.object({ error: z.string() }).safeParse(jsonOf(answer))
  return new PrelabelError(
    `The inference server refused a request for the model ${model}: ${status} ${reason.success ? reason.data.error : statusText}`,
    { code: 'remote-model-failed', hint: 'The reason is the server’s; look into its log.' },
  )
}

function hostOf(location: string): string {
  return URL.canParse(location) ? new URL(location).host : 'another place on it'
}

function tensorInfo({ name, datatype, shape }: z.output<typeof tensor>): TensorInfo {
  const type = TYPE_NAMES[datatype] ?? datatype.toLowerCase()
  return { name, type, shape: shape.map((size) => (size < 0 ? undefined : size)) }
}
