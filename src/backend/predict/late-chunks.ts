import type { AbortSource } from '../../cancellation.js'
import type { LatePrediction } from './finish-late.js'
import type { LateTask } from './late-tasks.js'

/** Late predictions on their way, gathered so that they take few calls. */
export interface LateChunks {
  /** @returns whether it was handed on, once that is done; false when its task was asked for again meanwhile */
  add(late: LatePrediction, task: LateTask): Promise<boolean>
  /** One of the tasks will not be added any more. */
  leave(): void
  dispose(): void
}

interface Ready {
  readonly late: LatePrediction
  readonly task: LateTask
  settle(handedOn: boolean): void
}

const CHUNK = 20
/** What is ready waits for others, but not for slow ones. */
const LONGEST_WAIT_MS = 5000

/**
 * @param expected how many tasks there are: nothing waits when all that are left are there
 * @param handOn never rejects
 * @param closing from when it fires on nothing waits
 */
export function createLateChunks(
  expected: number,
  handOn: (late: readonly LatePrediction[]) => Promise<void>,
  closing: AbortSource,
): LateChunks {
  const ready: Ready[] = []
  let left = expected
  let timer: ReturnType<typeof setTimeout> | undefined

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const taken: Ready[] = []
    for (const one of ready.splice(0)) {
      if (one.task.take()) taken.push(one)
      else one.settle(false)
    }
    if (taken.length > 0) await handOn(taken.map(({ late }) => late))
    for (const { settle } of taken) settle(true)
  }

  function flushWhenFull(): void {
    if (ready.length === 0) return
    if (ready.length >= Math.min(CHUNK, left) || closing.aborted) void flush()
    else timer ??= setTimeout(() => void flush(), LONGEST_WAIT_MS)
  }

  const onClosing = () => void flush()
  closing.addEventListener('abort', onClosing, { once: true })

  return {
    add: (late, task) =>
      new Promise((settle) => {
        ready.push({ late, task, settle })
        flushWhenFull()
      }),
    leave() {
      left -= 1
      flushWhenFull()
    },
    dispose: () => closing.removeEventListener('abort', onClosing),
  }
}
