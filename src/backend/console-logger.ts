import { z } from 'zod'
import type { Logger } from '../adapters/adapter.js'
import { redactValue } from './redact-value.js'

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const
export type LogLevel = keyof typeof LEVELS

/**
 * A logger that writes one line of JSON an entry to standard error, in pino's form (`level`, `time`, `msg`). What looks
 * like a token or a signed URL is replaced by `…`.
 *
 * @param level the least that is written; without it, what the environment variable LOG_LEVEL says, or else `info`
 */
export function createConsoleLogger(level: LogLevel = levelOfEnvironment()): Logger {
  const write = (name: LogLevel) => (fields: object, message?: string) => {
    if (LEVELS[name] < LEVELS[level]) return
    const entry = {
      level: LEVELS[name],
      time: Date.now(),
      ...fields,
      ...(message === undefined ? {} : { msg: message }),
    }
    console.error(JSON.stringify(redactValue(entry)))
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

const levelSchema = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['debug', 'info', 'warn', 'error']))
  .catch('info')

/** Runtimes without `process` have no such variable. */
function levelOfEnvironment(): LogLevel {
  return levelSchema.parse(typeof process === 'undefined' ? undefined : process.env.LOG_LEVEL)
}
