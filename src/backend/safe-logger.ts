import type { Logger } from '../adapters/adapter.js'
import { redactText } from '../label-studio/redact.js'
import { messageOf } from './describe-error.js'
import { redactValue } from './redact-value.js'

/**
 * The border that every log entry passes: no secret gets to the logger behind it, and nothing that it throws gets back.
 * That a logger fails is said once, on standard error.
 */
export function createSafeLogger(logger: Logger): Logger {
  let hasFailed = false
  const failed = (error: unknown) => {
    if (!hasFailed) console.error(redactText(`prelabel: the logger failed: ${messageOf(error)}`))
    hasFailed = true
  }
  const write = (level: keyof Logger) => (fields: object, message?: string) => {
    try {
      const redacted = Object(redactValue(fields))
      const written: unknown =
        message === undefined ? logger[level](redacted) : logger[level](redacted, redactText(message))
      if (written instanceof Promise) written.catch(failed)
    } catch (error) {
      failed(error)
    }
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
