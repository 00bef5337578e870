/**
 * The files that this process has in use, each as a hard link in a folder of its own. Whoever removes the other name of
 * such a file, be it another process, takes nothing from who reads it; that it has more than one name tells that it is
 * in use. Node only.
 */

import { randomUUID } from 'node:crypto'
import { copyFile, link, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from './system-error.js'

/** A file that stays where it is until it is released as often as it was held. */
export interface Hold {
  readonly path: string
  release(): Promise<void>
}

export interface FileHolds {
  /** A path for a file that is to be written, and then adopted or removed. */
  newPath(extension: string): Promise<string>
  /** Holds what was written to a path from `newPath`. */
  adopt(name: string, written: string): Promise<Hold>
  /** Holds the file at `source`; nothing when it is gone. */
  hold(name: string, source: string): Promise<Hold | undefined>
  /** Removes the folders of processes that ended without doing so. */
  removeAbandoned(): Promise<void>
  /** Gives up all files. */
  dispose(): Promise<void>
}

interface Entry {
  readonly path: string
  /** False when there was nothing to link to. */
  readonly made: Promise<boolean>
  users: number
}

const SIGN_OF_LIFE_MS = 60_000
const ABANDONED_MS = 10 * SIGN_OF_LIFE_MS

/** @param folder where each process has a folder; on the disk of the files that are held */
export function createFileHolds(folder: string): FileHolds {
  const own = join(folder, randomUUID())
  const entries = new Map<string, Entry>()
  let count = 0
  const signOfLife = setInterval(() => void utimes(own, new Date(), new Date()).catch(() => undefined), SIGN_OF_LIFE_MS)
  signOfLife.unref()

  async function newPath(extension: string): Promise<string> {
    await mkdir(own, { recursive: true, mode: 0o700 })
    return join(own, `${++count}${extension}`)
  }

  async function use(name: string, entry: Entry): Promise<Hold | undefined> {
    entry.users++
    const isMade = await entry.made.catch((error: unknown) => {
      forget(name, entry)
      throw error
    })
    if (!isMade) return forget(name, entry)
    let isHeld = true
    return {
      path: entry.path,
      async release() {
        if (!isHeld) return
        isHeld = false
        if (--entry.users > 0) return
        forget(name, entry)
        // Some systems do not remove a file that is still open: the folder is removed in the end.
        await rm(entry.path, { force: true }).catch(() => undefined)
      },
    }
  }

  function forget(name: string, entry: Entry): undefined {
    if (entries.get(name) === entry) entries.delete(name)
  }

  /** Somebody may have removed the directory with the file. */
  async function forgetLost(name: string): Promise<void> {
    const entry = entries.get(name)
    if (entry === undefined) return
    const isThere = (await entry.made.catch(() => false)) && (await stat(entry.path).catch(() => undefined))
    if (!isThere) forget(name, entry)
  }

  function enter(name: string, path: string, made: Promise<boolean>): Entry {
    const entry = { path, made, users: 0 }
    entries.set(name, entry)
    return entry
  }

  return {
    newPath,
    async adopt(name, written) {
      await forgetLost(name)
      const known = entries.get(name)
      const held = known === undefined ? undefined : await use(name, known)
      if (held !== undefined) {
        await rm(written, { force: true })
        return held
      }
      const hold = await use(name, enter(name, written, Promise.resolve(true)))
      if (hold === undefined) throw new TypeError(`${name} is not held`)
      return hold
    },
    async hold(name, source) {
      await forgetLost(name)
      const path = await newPath(/\.\w+$/.exec(name)?.[0] ?? '')
      return use(name, entries.get(name) ?? enter(name, path, linkOrCopy(source, path)))
    },
    async removeAbandoned() {
      const folders = (await readdir(folder).catch(() => [])).map((name) => join(folder, name))
      await Promise.all(folders.filter((one) => one !== own).map(removeWhenAbandoned))
    },
    async dispose() {
      clearInterval(signOfLife)
      await rm(own, { recursive: true, force: true })
    },
  }
}

async function removeWhenAbandoned(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  const isAbandoned = found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS
  if (isAbandoned) await rm(folder, { recursive: true, force: true })
}

/** A second name for a file, or a copy of it where the file system has no hard links; false when there is no such file. */
async function linkOrCopy(source: string, path: string): Promise<boolean> {
  try {
    await link(source, path).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') throw error
      return copyFile(source, path)
    })
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}
