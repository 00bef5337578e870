/** A folder of files that goes back below a cap by itself, the files used longest ago first. Node only. */

import { copyFile, link, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from './system-error.js'

export interface CappedFolder {
  /**
   * Gives a file a name here, too; there may be one of that name and the same content already.
   *
   * @param newPath a path on the same disk, for file systems without hard links
   */
  add(path: string, name: string, newPath: () => Promise<string>): Promise<void>
  /**
   * Removes files where there are too many, but none that has another name: that is in use.
   *
   * @returns whether the folder was looked through
   */
  trim(): Promise<boolean>
  /**
   * Removes files although there are not too many: others have filled the disk.
   *
   * @returns false when all that are left are in use
   */
  makeRoom(): Promise<boolean>
}

export interface FolderFile {
  readonly path: string
  readonly size: number
  /** Hard links. */
  readonly names: number
  /** In milliseconds since 1970. */
  readonly usedAt: number
}

/** Removal goes on to this share of the cap, so that it is not needed again at once. */
const KEPT_SHARE = 0.9
/** After adding this share of the cap, it is looked at what other processes have added. */
const RECOUNTED_SHARE = 0.05

export async function openCappedFolder(folder: string, maxBytes: number): Promise<CappedFolder> {
  let total = sum(await listFiles(folder))
  let added = 0
  let removing: Promise<unknown> = Promise.resolve()

  async function oldestFirst(): Promise<FolderFile[]> {
    const files = (await listFiles(folder)).sort((a, b) => a.usedAt - b.usedAt)
    added = 0
    total = sum(files)
    return files
  }

  async function removeUntil(kept: number, files: readonly FolderFile[]): Promise<void> {
    for (const { path, size, names } of files) {
      if (total <= kept) break
      if (names > 1) continue
      await rm(path, { force: true })
      total -= size
    }
  }

  /** One after the other: each sees what the one before it has removed. */
  function inTurn(remove: () => Promise<boolean>): Promise<boolean> {
    const removed = removing.catch(() => undefined).then(remove)
    removing = removed
    return removed
  }

  return {
    async add(path, name, newPath) {
      const at = join(folder, name)
      try {
        await link(path, at)
      } catch (error) {
        if (systemCode(error) === 'ENOENT') throw error
        if (systemCode(error) === 'EEXIST' && (await touch(at))) return
        // No hard links here, or another process has just removed the one that was there.
        const second = await newPath()
        await link(path, second).catch(() => copyFile(path, second))
        await rename(second, at)
      }
      const { size } = await stat(path)
      total += size
      added += size
    },
    trim: () =>
      inTurn(async () => {
        if (total <= maxBytes && added <= maxBytes * RECOUNTED_SHARE) return false
        const files = await oldestFirst()
        await removeUntil(total > maxBytes ? maxBytes * KEPT_SHARE : maxBytes, files)
        return true
      }),
    makeRoom: () =>
      inTurn(async () => {
        const files = await oldestFirst()
        const before = total
        await removeUntil(total * KEPT_SHARE, files)
        return total < before
      }),
  }
}

/** Has a file count as used now; false when it is gone. */
async function touch(path: string): Promise<boolean> {
  try {
    await utimes(path, new Date(), new Date())
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}

/** The files of a folder, without those that vanish meanwhile. */
export async function listFiles(folder: string): Promise<FolderFile[]> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      return found === undefined ? [] : [{ path, size: found.size, usedAt: found.mtimeMs, names: found.nlink }]
    }),
  )
  return files.flat()
}

function sum(files: readonly FolderFile[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0)
}
