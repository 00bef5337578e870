import { basename } from 'node:path'
import type { Session } from '../../inference/session.js'
import type { ParsedSource } from './shared-options.js'

/** Where a model runs, and what refused it, as a line for people. */
export function sessionStatus(source: ParsedSource, { provider, refused = [] }: Session): string {
  const refusals = refused.map((one) => `; ${one.provider} refused it: ${one.reason}`)
  return `${modelName(source)} runs on ${provider}${refusals.join('')}`
}

/** What a model is called before people. */
export function modelName(source: ParsedSource): string {
  if (source instanceof Uint8Array) return 'the model'
  if (source instanceof URL) return basename(decodeURIComponent(source.pathname))
  return typeof source === 'string' ? basename(source) : source.model
}
