/** Asks the model about one item and makes findings of what it says. */

import { ownValue } from '../../own-value.js'
import type { Finding } from '../../results/findings.js'
import type { Item, Logger } from '../adapter.js'
import type { AnswerSheet, SheetReading } from './answer-sheet.js'
import type { UsageCounters } from './bill/usage-counters.js'
import type { ModelCalls } from './calls/model-calls.js'
import { agree } from './confidence/agreement.js'
import { type Calibration, calibrate } from './confidence/calibration.js'
import { LlmError } from './llm-error.js'
import type { CheckedOptions } from './options.js'
import { repairRequest } from './prompt/build-request.js'
import type { LlmRequest } from './provider.js'
import type { Ask } from './questions.js'

export interface AnswerOptions {
  readonly ask: Ask
  readonly calls: ModelCalls
  readonly counters: UsageCounters
  readonly settings: Pick<CheckedOptions, 'repairs' | 'calibration'>
}

/** @throws LlmError, PrelabelError, or the signal's reason */
export async function answerItem(
  item: Item,
  { ask, calls, counters, settings }: AnswerOptions,
  signal: AbortSignal,
  logger: Logger,
): Promise<readonly Finding[]> {
  const { sheet, requests } = await ask(item)
  const readings = await Promise.allSettled(requests.map((request) => answerRequest(request, sheet)))
  const read = readings.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = readings.find((result) => result.status === 'rejected')
  if (failed !== undefined && read.length === 0) throw failed.reason
  for (const { issues } of read) {
    if (issues.length > 0)
      logger.warn({ task: item.task.id, issues }, 'parts of an answer that the task does not bear out were left out')
  }
  const findings = requests.length > 1 ? joinSamples(sheet, read) : (read[0]?.findings ?? [])
  return findings.map((finding) => withCalibration(finding, settings.calibration))

  async function answerRequest(request: LlmRequest, sheet: AnswerSheet): Promise<SheetReading> {
    // Of its own: many listeners on one signal are taken for a leak.
    const own = AbortSignal.any([signal])
    let asked = request
    let before: SheetReading | undefined
    for (let repair = 0; ; repair++) {
      try {
        const reply = await calls.ask(asked, own, logger)
        const reading = sheet.read(reply, item.inputs)
        if (reading.issues.length === 0) return reading
        if (repair >= settings.repairs) return usable(reading)
        counters.count('repairs')
        asked = repairRequest(asked, reply, reading.issues)
        before = reading
      } catch (error) {
        // What could be used before the repair failed can be used still.
        if (before?.valid) return before
        throw error
      }
    }
  }
}

function usable(reading: SheetReading): SheetReading {
  if (reading.valid) return reading
  const [issue] = reading.issues
  const path = issue?.path.join('.') ?? ''
  throw new LlmError(`the answer does not fit the controls: ${path === '' ? '' : `${path}: `}${issue?.message ?? ''}`, {
    kind: 'invalid-reply',
    path,
    hint: 'Make the instructions plainer, or take a model that keeps to a schema.',
  })
}

function joinSamples({ questions }: AnswerSheet, readings: readonly SheetReading[]): readonly Finding[] {
  return questions.flatMap(({ control }) =>
    agree(readings.map(({ findings }) => findings.filter((finding) => finding.control === control.name))).map(
      (finding) => ({ ...finding, control: control.name }),
    ),
  )
}

function withCalibration(finding: Finding, given: CheckedOptions['calibration']): Finding {
  const calibration = calibrationFor(finding.control, given)
  if (calibration === undefined) return finding
  if (finding.kind === 'classification') {
    const classes = finding.classes.map((entry) =>
      entry.score === undefined ? entry : { ...entry, score: calibrate(calibration, entry.score) },
    )
    return { ...finding, classes }
  }
  return finding.score === undefined ? finding : { ...finding, score: calibrate(calibration, finding.score) }
}

function calibrationFor(control: string | undefined, given: CheckedOptions['calibration']): Calibration | undefined {
  if (given === undefined || isCalibration(given)) return given
  return control === undefined ? undefined : ownValue(given, control)
}

function isCalibration(given: NonNullable<CheckedOptions['calibration']>): given is Calibration {
  return typeof given.method === 'string'
}
