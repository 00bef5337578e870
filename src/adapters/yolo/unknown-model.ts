import { PrelabelError } from '../../errors.js'
import type { TensorInfo } from '../../inference/session.js'
import { TASKS } from './options.js'

/** The inputs and outputs of a model as its file declares them, or its outputs as a run gave them. */
export interface Shapes {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
}

/** The error for a model that is none of the known ones, with what was seen. */
export function unknownModel(reason: string, { inputs, outputs }: Shapes): PrelabelError {
  const seen = `inputs ${inputs.map(show).join(', ')}; outputs ${outputs.map(show).join(', ')}`
  return new PrelabelError(`This is not a YOLO model: ${reason}; seen: ${seen}`, {
    code: 'yolo-unknown-model',
    hint: 'Give `task`, `head` and `names`, or use `prelabel/detection` and describe the model there.',
  })
}

/** The error for a YOLO model of a kind that is not served. */
export function unservedModel(reason: string): PrelabelError {
  return new PrelabelError(`This YOLO model cannot be used: ${reason}`, {
    code: 'yolo-unserved-model',
    hint: `Take one for ${TASKS.slice(0, -1).join(', ')} or ${TASKS.at(-1)}, of pictures in colour or grey.`,
  })
}

function show({ name, type, shape }: TensorInfo): string {
  return `${name} ${type}[${shape.map((side) => side ?? '?').join(', ')}]`
}
