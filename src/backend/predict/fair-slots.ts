import type { AbortSource } from '../../cancellation.js'

/**
 * Runs work when there is room for it.
 *
 * @param group whose work it is: that of one group starts in order
 * @param signal leaves the queue
 * @throws the signal's reason, or what the work throws
 */
export type InSlot = <T>(group: string, signal: AbortSource, work: () => Promise<T>) => Promise<T>

interface Group {
  readonly name: string
  readonly waiting: (() => void)[]
  running: number
}

/** What a group may have running, as a multiple of the slots that are free: so some are left for others, whose work may go faster. */
const SHARE = 3

/**
 * Runs at most `count` pieces of work at the same time. A group alone takes no more than about three quarters of that;
 * what gets free goes to the one that has least.
 */
export function createFairSlots(count: number): InSlot {
  // Those that have work, whoever was served last at the end.
  const groups: Group[] = []
  let free = count

  const hasRoom = ({ running }: Group) => running < SHARE * free

  function groupOf(name: string): Group {
    const known = groups.find((group) => group.name === name)
    if (known !== undefined) return known
    const group: Group = { name, waiting: [], running: 0 }
    groups.push(group)
    return group
  }

  function remove(group: Group): void {
    groups.splice(groups.indexOf(group), 1)
  }

  function start(group: Group): void {
    free -= 1
    group.running += 1
    if (groups.at(-1) === group) return
    remove(group)
    groups.push(group)
  }

  function startWaiting(): void {
    for (;;) {
      let next: Group | undefined
      for (const group of groups) {
        if (group.waiting.length > 0 && hasRoom(group) && group.running < (next?.running ?? count)) next = group
      }
      if (next === undefined) return
      start(next)
      next.waiting.shift()?.()
    }
  }

  function end(group: Group): void {
    free += 1
    group.running -= 1
    startWaiting()
    if (group.running === 0 && group.waiting.length === 0) remove(group)
  }

  function wait(group: Group, signal: AbortSource): Promise<void> {
    return new Promise((resolve, reject) => {
      const proceed = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        group.waiting.splice(group.waiting.indexOf(proceed), 1)
        if (group.running === 0 && group.waiting.length === 0) remove(group)
        reject(signal.reason)
      }
      group.waiting.push(proceed)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  return async (name, signal, work) => {
    if (signal.aborted) throw signal.reason
    const group = groupOf(name)
    if (group.waiting.length === 0 && hasRoom(group)) start(group)
    else await wait(group, signal)
    try {
      return await work()
    } finally {
      end(group)
    }
  }
}
