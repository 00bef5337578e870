import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ZodError } from 'zod'
import { isModelReply, tokensOfRequest } from './answer.js'
import { createBatchJobs, outputOf } from './batch-jobs.js'
import { readRequest } from './read-request.js'
import type { LlmApi, LlmScript, RecordedRequest, ScriptedReply } from './scripted-reply.js'
import { sendStream } from './send-stream.js'
import { isTransportFault, type TransportFault, type WireReply, wireError, wireReply } from './wire-reply.js'

export interface LlmServerOptions {
  /** What to answer; without it every request gets the plainest answer that its schema allows. */
  readonly script?: LlmScript
  /** More requests than this at the same time get 429. */
  readonly maxInFlight?: number
  /** How often a batch job is still in progress when it is looked at. @default 1 */
  readonly batchPolls?: number
}

/** A server on the loopback that speaks the wire formats of OpenAI and Anthropic. */
export interface LlmServer {
  /** Base URL for Anthropic's SDK. */
  readonly url: string
  /** Base URL for OpenAI's SDK. */
  readonly openaiUrl: string
  /** Requests for completions so far, in order of arrival; those inside batches too. */
  readonly requests: readonly RecordedRequest[]
  /** The most requests that were in flight at the same time. */
  readonly peakInFlight: number
  close(): Promise<void>
}

const completions = new Map<string, LlmApi>([
  ['/v1/chat/completions', 'openai-chat'],
  ['/v1/responses', 'openai-responses'],
  ['/v1/messages', 'anthropic-messages'],
])
const counters = new Map<string, LlmApi>([
  ['/v1/responses/input_tokens', 'openai-responses'],
  ['/v1/messages/count_tokens', 'anthropic-messages'],
])

/**
 * Starts a stand-in for the providers of language models, for tests and examples without a key: Chat Completions,
 * Responses and Messages, token counting, and the batch APIs of both. The genuine SDKs talk to it, with streams or without.
 *
 * @example
 * const server = await startLlmServer({ script: { kind: 'answer', json: { sentiment: 'Positive' } } })
 * const adapter = llm({ provider: openai({ model: 'gpt-5.4-mini', apiKey: 'none', baseURL: server.openaiUrl }) })
 */
export async function startLlmServer(options: LlmServerOptions = {}): Promise<LlmServer> {
  const requests: RecordedRequest[] = []
  let inFlight = 0
  let peakInFlight = 0
  const jobs = createBatchJobs(async (request) => {
    const { reply, index } = await scripted(request)
    return isFaulty(reply)
      ? wireError(request.api, 500, 'The request failed.')
      : wireReply(reply, request, String(index))
  }, options.batchPolls ?? 1)

  async function scripted(request: RecordedRequest): Promise<{ reply: ScriptedReply; index: number }> {
    const index = requests.push(request) - 1
    const reply = await nextReply(options.script, request, index)
    if (reply.delay !== undefined) await sleep(reply.delay)
    return { reply, index }
  }

  async function complete(api: LlmApi, body: unknown, response: ServerResponse): Promise<void> {
    if (inFlight >= (options.maxInFlight ?? Number.POSITIVE_INFINITY)) {
      return send(response, wireError(api, 429, 'Too many requests at the same time.'))
    }
    peakInFlight = Math.max(peakInFlight, ++inFlight)
    try {
      const request = readRequest(api, body)
      const { reply, index } = await scripted(request)
      if (request.body.stream === true && (isFaulty(reply) || isModelReply(reply))) {
        const whole = isFaulty(reply) ? ({ kind: 'answer' } as const) : reply
        await sendStream(response, request, whole, String(index), isFaulty(reply) ? reply.kind : 'whole')
      } else if (isFaulty(reply)) await sendFaulty(response, reply.kind)
      else send(response, wireReply(reply, request, String(index)))
    } finally {
      inFlight--
    }
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request)
    const raw = await readBody(request)
    const json = (): unknown => JSON.parse(raw)
    const api = completions.get(path)
    const counted = counters.get(path)
    const [, kind, id, rest] = /^\/v1\/(files|batches|messages\/batches)(?:\/([^/]+))?(?:\/(.+))?$/.exec(path) ?? []
    if (request.method === 'POST' && api !== undefined) return complete(api, json(), response)
    if (request.method === 'POST' && counted !== undefined) {
      return sendJson(response, {
        object: 'response.input_tokens',
        input_tokens: tokensOfRequest(readRequest(counted, json())),
      })
    }
    if (kind === 'files' && id === undefined) return sendJson(response, jobs.upload(...readUpload(raw)))
    if (kind === 'files' && id !== undefined && rest === 'content') return sendText(response, jobs.fileContent(id))
    if (kind === 'batches')
      return sendJson(response, id === undefined ? await jobs.createOpenAi(json()) : jobs.openAi(id))
    if (kind === 'messages/batches' && id === undefined) return sendJson(response, await jobs.createAnthropic(json()))
    if (kind === 'messages/batches' && id !== undefined) {
      return rest === 'results'
        ? sendText(response, jobs.fileContent(outputOf(id)))
        : sendJson(response, jobs.anthropic(id, url()))
    }
    sendJson(response, undefined)
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      const api = request.url?.startsWith('/v1/messages') ? 'anthropic-messages' : 'openai-chat'
      const wrong = error instanceof ZodError || error instanceof SyntaxError
      send(response, wireError(api, wrong ? 400 : 500, error instanceof Error ? error.message : String(error)))
    })
  })
  // Clients alone close idle connections: a request could be on its way while this side closes.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = () => urlOf(server)

  return {
    url: url(),
    openaiUrl: `${url()}/v1`,
    requests,
    get peakInFlight() {
      return peakInFlight
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function urlOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the stand-in does not listen')
  return `http://127.0.0.1:${address.port}`
}

async function nextReply(
  script: LlmScript | undefined,
  request: RecordedRequest,
  index: number,
): Promise<ScriptedReply> {
  if (script === undefined) return { kind: 'answer' }
  if (typeof script === 'function') return script(request, index)
  if ('kind' in script) return script
  return script[Math.min(index, script.length - 1)] ?? { kind: 'answer' }
}

/** The path as OpenAI has it: Azure's begins with `/openai`, and its older API has the deployment in it. */
function pathOf(request: IncomingMessage): string {
  const [path = '/'] = (request.url ?? '/').split('?', 1)
  return path.replace(/^\/(openai\/v1|(openai|v1)\/deployments\/[^/]+)\//, '/v1/')
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Name and text of the `file` part of a multipart upload. */
function readUpload(raw: string): [name: string, text: string] {
  const found = /name="file"; filename="([^"]*)"[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)
  return [found?.[1] ?? 'batch.jsonl', found?.[2] ?? '']
}

function send(response: ServerResponse, { status, headers, body }: WireReply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function sendJson(response: ServerResponse, body: object | undefined): void {
  send(
    response,
    body === undefined ? wireError('openai-chat', 404, 'There is no such thing here.') : { status: 200, body },
  )
}

function sendText(response: ServerResponse, text: string | undefined): void {
  response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(text)
}

type Faulty = Extract<ScriptedReply, { kind: TransportFault }>

function isFaulty(reply: ScriptedReply): reply is Faulty {
  return isTransportFault(reply.kind)
}

/** A body that is no JSON; or the begin of a long one, after which the connection breaks or nothing more comes. */
async function sendFaulty(response: ServerResponse, fault: TransportFault): Promise<void> {
  if (fault === 'broken') return sendText(response, '{"id": "broken')
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"id": "cut', () => fault === 'cut' && response.destroy())
  await once(response, 'close')
}
