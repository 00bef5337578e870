import { PrelabelError } from '../../errors.js'
import type { TensorInfo } from '../../inference/session.js'

/** A described model that is another one than the description says. */
export function unfitModel(message: string, path: string, hint: string): PrelabelError {
  return new PrelabelError(message, { code: 'detection-unfit-model', path, hint })
}

/** An input or output for people: `pixels float32[1, 3, ?, ?]`. */
export function tensorText({ name, type, shape }: TensorInfo): string {
  return `${name} ${type}[${shape.map((side) => side ?? '?').join(', ')}]`
}
