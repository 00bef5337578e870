import { z } from 'zod'

/** Tasks that are being finished after their request was answered. */
export interface LateTasks {
  /** @returns whether the task is still to be handed on when it is done: not when it was asked for again meanwhile */
  add(task: unknown): () => boolean
  /** These tasks are asked for again, and the new answer will bring their predictions. */
  askedAgain(tasks: readonly unknown[]): void
}

const identity = z.object({ id: z.int(), project: z.int() })

/** Keeps Label Studio from getting a prediction twice: once late, and once because it asked again. */
export function createLateTasks(): LateTasks {
  const current = new Map<string, symbol>()
  return {
    add(task) {
      const key = keyOf(task)
      const ticket = Symbol(key)
      if (key === undefined) return () => true
      current.set(key, ticket)
      return () => current.get(key) === ticket && current.delete(key)
    },
    askedAgain(tasks) {
      if (current.size === 0) return
      for (const task of tasks) {
        const key = keyOf(task)
        if (key !== undefined) current.delete(key)
      }
    },
  }
}

function keyOf(task: unknown): string | undefined {
  const { data } = identity.safeParse(task)
  return data === undefined ? undefined : `${data.project}/${data.id}`
}
