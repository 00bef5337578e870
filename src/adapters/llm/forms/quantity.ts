import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { singleForm } from './make-form.js'

/** `<Rating>`: a whole number from 1 to `maxRating`. */
export function ratingForm({ attributes }: ControlTag, options: FormOptions): AnswerForm {
  const most = readNumber(attributes.maxRating) ?? 5
  return quantityForm(z.int().min(1).max(most), `a whole number from 1 (worst) to ${most} (best)`, options)
}

/** `<Number>`: a number within `min` and `max`, in steps of `step`. */
export function numberForm({ attributes }: ControlTag, options: FormOptions): AnswerForm {
  const [min, max, step] = [attributes.min, attributes.max, attributes.step].map(readNumber)
  let value = z.number()
  if (min !== undefined) value = value.min(min)
  if (max !== undefined) value = value.max(max)
  const inSteps = value.refine((number) => fitsStep(number, min ?? 0, step), `must be in steps of ${step}`)
  const bounds = [
    min === undefined ? '' : `, at least ${min}`,
    max === undefined ? '' : `, at most ${max}`,
    step === undefined ? '' : `, in steps of ${step}`,
  ]
  return quantityForm(inSteps, `a number${bounds.join('')}`, options)
}

function quantityForm(value: z.ZodType<number>, words: string, options: FormOptions): AnswerForm {
  const open = options.abstain ? '; null if it cannot be told' : ''
  return singleForm(options.abstain ? value.nullable() : value, `${words}${open}.`, options, (number, score) =>
    number === null ? [] : [{ kind: 'number', value: number, ...scored(score) }],
  )
}

function fitsStep(number: number, base: number, step: number | undefined): boolean {
  if (step === undefined || step <= 0) return true
  const steps = (number - base) / step
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps))
}

function readNumber(attribute: string | undefined): number | undefined {
  const number = Number(attribute ?? Number.NaN)
  return attribute === '' || Number.isNaN(number) ? undefined : number
}
