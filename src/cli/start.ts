import { type Backend, type BindingReport, formatReport } from '../backend/index.js'
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
    port: { type: 'string', alias: 'p', default: '9090', description: 'Port; 0 takes a free one' },
    debug: { type: 'boolean', description: 'Log every request' },
    host: { type: 'string', default: '0.0.0.0', description: 'Address to listen on' },
  },
  async run(args) {
    const port = readPort(args.port)
    if (args.debug) process.env.LOG_LEVEL = 'debug'
    const backend = await loadBackend(args.file)
    // Before anybody can ask: a model that cannot be used fails here, not at the first task.
    const report = await reportOf(backend)
    const { url } = await backend.listen({ port, host: args.host })
    process.stdout.write(`listening on ${url}\n`)
    if (report !== undefined) process.stdout.write(`${formatReport(report)}\n`)
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

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new PrelabelError(`--port must be a number from 0 to 65535, got ${text}`, { code: 'invalid-option' })
}
