import { z } from 'zod'
import { ownValue } from '../../own-value.js'
import type { Adapter, Item } from '../adapter.js'

/** What each member keeps of its own, by its key. */
export type MemberParts = Readonly<Record<string, unknown>>

/** A key for each member: its name, numbered from the second of that name on. */
export function memberKeys(members: readonly Adapter[]): readonly string[] {
  return members.map(({ name }, index) => {
    const before = members.slice(0, index).filter((member) => member.name === name).length
    return before === 0 ? name : `${name}#${before + 1}`
  })
}

/** What a composition kept before; nothing when something else did. */
export function readParts(kept: unknown): MemberParts {
  return z.record(z.string(), z.unknown()).safeParse(kept).data ?? {}
}

/** The item with what one member remembers of the project in place of what all of them do. */
export function withOwnMemory({ remembered, ...item }: Item, key: string): Item {
  const own = ownValue(readParts(remembered), key)
  return own === undefined ? item : { ...item, remembered: own }
}
