import { z } from 'zod'

/** Tasks that are being finished after their request was answered, and those that are asked for again meanwhile. */
export interface LateTasks {
  add(task: unknown): LateTask
  /** A request asks for these tasks, and may bring their predictions. */
  asking(tasks: readonly unknown[]): Asking
}

/** A task that is late. */
export interface LateTask {
  /** Waits for the requests that ask for it again. @returns whether it is still to be handed on: not when one of them brought it */
  isWanted(): Promise<boolean>
  /** Whether it is to be handed on now, and asked for by nobody; when it is, it is not late any more. */
  take(): boolean
  /** There is nothing to be handed on. */
  drop(): void
}

/** A request that is in hand. */
export interface Asking {
  /** @param brought the tasks whose predictions were sent */
  end(brought: readonly unknown[]): void
}

interface InHand {
  /** What it asks for; read when a task is late, which is seldom. */
  keys(): ReadonlySet<string>
  readonly ended: Promise<void>
}

const identity = z.object({ id: z.int(), project: z.int() })

/** Keeps Label Studio from getting a prediction twice: once late, and once because it asked again. */
export function createLateTasks(): LateTasks {
  const late = new Map<string, symbol>()
  const inHand: InHand[] = []

  return {
    add(task) {
      const key = keyOf(task)
      if (key === undefined) return { isWanted: async () => true, take: () => true, drop: () => undefined }
      const ticket = Symbol(key)
      late.set(key, ticket)
      const asked = () => inHand.find((one) => one.keys().has(key))
      const isOwn = () => late.get(key) === ticket
      return {
        async isWanted() {
          for (let one = asked(); one !== undefined; one = asked()) await one.ended
          return isOwn()
        },
        take: () => asked() === undefined && isOwn() && late.delete(key),
        drop: () => void (isOwn() && late.delete(key)),
      }
    },
    asking(tasks) {
      let keys: ReadonlySet<string> | undefined
      let resolve = () => {}
      const one: InHand = {
        keys() {
          keys ??= new Set(tasks.flatMap((task) => keyOf(task) ?? []))
          return keys
        },
        ended: new Promise<void>((end) => {
          resolve = end
        }),
      }
      inHand.push(one)
      return {
        end(brought) {
          inHand.splice(inHand.indexOf(one), 1)
          for (const task of late.size === 0 ? [] : brought) {
            const key = keyOf(task)
            if (key !== undefined) late.delete(key)
          }
          resolve()
        },
      }
    },
  }
}

function keyOf(task: unknown): string | undefined {
  const { data } = identity.safeParse(task)
  return data === undefined ? undefined : `${data.project}/${data.id}`
}
