/** What the tests of the backend share: small configs, adapters of a few lines, and Label Studio's way of asking. */

import type { Adapter, Item, Logger, Outcome } from '../../src/adapters/adapter.js'
import { defineAdapter } from '../../src/adapters/define-adapter.js'
import { type Backend, type BackendOptions, createBackend } from '../../src/backend/index.js'
import type { TextInput } from '../../src/media/inputs.js'

export const TONE = `
<View>
  <Text name="message" value="$text"/>
  <Choices name="tone" toName="message"><Choice value="Positive"/><Choice value="Negative"/></Choices>
</View>`

export type TextItem = Item<TextInput>

/** Calls what is happy positive; fails on what it is told to, by the text. */
export function toneAdapter(
  options: Partial<
    Pick<Adapter, 'name' | 'version' | 'options' | 'batchSize' | 'alone' | 'concurrency' | 'labelMap' | 'controls'>
  > & {
    readonly predict?: (
      items: readonly TextItem[],
      signal: AbortSignal,
    ) => readonly Outcome[] | Promise<readonly Outcome[]>
    readonly load?: () => void | Promise<void>
    readonly dispose?: () => void
    readonly inspect?: () => { readonly classes?: readonly string[]; readonly fingerprint?: string }
  } = {},
) {
  const { predict = (items) => items.map(toneOf), load, dispose, inspect, ...rest } = options
  return defineAdapter({
    name: 'tone',
    version: '1.0.0',
    fills: { Choices: ['Text', 'HyperText'] },
    ...rest,
    ...(inspect === undefined ? {} : { inspect }),
    load: async () => load?.(),
    dispose: () => dispose?.(),
    predict: (items, { signal }) => predict(items, signal),
  })
}

export function toneOf({ input }: TextItem): Outcome {
  if (input.text === '') return []
  const label = input.text.includes('happy') ? 'Positive' : 'Negative'
  return [{ kind: 'classification', classes: [{ label, score: 0.9 }] }]
}

export interface LogEntry {
  readonly level: string
  readonly message: string | undefined
  readonly fields: Readonly<Record<string, unknown>>
}

/** A logger whose entries can be looked at. */
export function recordingLogger(): { logger: Logger; entries: LogEntry[] } {
  const entries: LogEntry[] = []
  const at = (level: string) => (fields: object, message?: string) =>
    void entries.push({ level, message, fields: { ...fields } })
  return { logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, entries }
}

/** A backend with a quiet logger. */
export function quietBackend(options: Partial<BackendOptions> = {}): Backend {
  return createBackend({ adapters: [toneAdapter()], logger: recordingLogger().logger, ...options })
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

type Asked = { fetch(request: Request): Promise<Response> }

export async function get(
  backend: Asked,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return read(await backend.fetch(new Request(`http://backend${path}`, { headers })))
}

export async function post(
  backend: Asked,
  path: string,
  body: unknown,
  { headers = {}, signal }: { headers?: Readonly<Record<string, string>>; signal?: AbortSignal } = {},
): Promise<Answer> {
  const request = new Request(`http://backend${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  })
  return read(await backend.fetch(request))
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
}

/** The body of `/predict` as Label Studio sends it. */
export function predictBody(texts: readonly unknown[], config: string | undefined = TONE, context: unknown = null) {
  return {
    tasks: texts.map((text, index) => ({ id: index + 1, data: { text }, meta: {}, annotations: [], predictions: [] })),
    project: '1.1795299628',
    label_config: config,
    params: { login: null, password: null, context },
  }
}
