import type { Adapter } from '../adapter.js'
import { settleAll } from './settle-all.js'

/**
 * Loads all members at once, as a backend does with its adapters. When one fails, those that loaded are freed.
 *
 * @returns what each has loaded, in their order
 */
export async function loadMembers(members: readonly Adapter[]): Promise<unknown[]> {
  const loading = members.map(async (member) => member.load?.())
  try {
    return await settleAll(loading)
  } catch (error) {
    await Promise.allSettled(members.map(async (member, index) => member.dispose?.(await loading[index])))
    throw error
  }
}

/** Frees what they have loaded, all of it even when one fails. */
export async function disposeMembers(members: readonly Adapter[], models: readonly unknown[]): Promise<void> {
  await settleAll(members.map(async (member, index) => member.dispose?.(models[index])))
}

/** What they say of their models once these are loaded. */
export function membersStatus(members: readonly Adapter[], models: readonly unknown[]): string[] {
  return members.flatMap((member, index) => member.status?.(models[index]) ?? [])
}
