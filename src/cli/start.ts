import { describeError } from '../backend/describe-error.js'
import {
  type Backend,
  type BindingReport,
  createConsoleLogger,
  formatReport,
  type InspectedAdapter,
  type LoadedAdapter,
} from '../backend/index.js'
import { PrelabelError } from '../errors.js'
import { command } from './command.js'
import { loadBackend } from './load-backend.js'

export const start = command({
  name: 'start',
  description: 'Serve the backend that FILE exports.',
  args: {
    file: {
      type: 'positional',
      required: true,
      description: 'A module whose default export is a backend (.ts or .js)',
    },
    port: { type: 'string', alias: 'p', description: 'Port; 0 takes a free one. PORT without it, or else 9090' },
    debug: { type: 'boolean', description: 'Log every request' },
    host: { type: 'string', description: 'Address to listen on. HOST without it, or else 0.0.0.0' },
    drain: { type: 'string', default: '9000', description: 'Longest time for shutting down, in milliseconds' },
  },
  async run(args) {
    const { PORT, HOST } = process.env
    const port = readPort(args.port === undefined ? 'PORT' : '--port', args.port ?? (PORT || '9090'))
    const drainMs = readMilliseconds('--drain', args.drain)
    if (args.debug) process.env.LOG_LEVEL = 'debug'
    surviveStrayRejections()
    const backend = await loadBackend(args.file)
    // Before anybody can ask: a model that cannot be used fails here, not at the first task.
    const inspected = await backend.inspect()
    const loaded = await backend.load()
    process.stdout.write(`loaded ${loaded.map(({ adapter, ms }) => `${adapter} (${ms} ms)`).join(', ')}\n`)
    const report = await reportOf(backend)
    const { url } = await backend.listen({ port, host: args.host ?? (HOST || '0.0.0.0'), drainMs })
    process.stdout.write(`listening on ${url}\n`)
    process.stdout.write(`${report === undefined ? modelsOf(inspected, loaded) : formatReport(report)}\n`)
    return undefined
  },
})

/** What will be filled by whom; undefined when the config comes only with requests. */
async function reportOf(backend: Backend): Promise<BindingReport | undefined> {
  try {
    return await backend.report()
  } catch (error) {
    if (PrelabelError.isInstance(error) && error.code === 'config-missing') return undefined
    throw error
  }
}

/** What serves, one adapter a line, where no config says yet what each will fill. */
function modelsOf(inspected: readonly InspectedAdapter[], loaded: readonly LoadedAdapter[]): string {
  const serving = inspected.map(({ adapter, info: { summary } }) => `${adapter}${summary ? `: ${summary}` : ''}`)
  return [...serving, ...loaded.flatMap(({ adapter, status }) => status.map((line) => `${adapter}: ${line}`))].join(
    '\n',
  )
}

/** A promise that a model or an adapter left unattended must not take along what everybody else waits for. */
function surviveStrayRejections(): void {
  const logger = createConsoleLogger()
  process.on('unhandledRejection', (reason) => {
    logger.error({ err: describeError(reason) }, 'a promise was rejected that nobody waits for')
  })
}

function readPort(source: string, text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new PrelabelError(`${source} must be a number from 0 to 65535, got ${text}`, { code: 'invalid-option' })
}

function readMilliseconds(source: string, text: string): number {
  const milliseconds = Number(text)
  if (text.trim() !== '' && Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds
  throw new PrelabelError(`${source} must be a number of milliseconds, got ${text}`, { code: 'invalid-option' })
}
