/** A folder of files that goes back below a cap by itself, the files used longest ago first. Node only. */

import { copyFile, link, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './file-holds.js'

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
  let trimming: Promise<unknown> = Promise.resolve()

  async function removeOldest(): Promise<boolean> {
    if (total <= maxBytes && added <= maxBytes * RECOUNTED_SHARE) return false
    const files = (await listFiles(folder)).sort((a, b) => a.usedAt - b.usedAt)
    added = 0
    total = sum(files)
    const kept = total > maxBytes ? maxBytes * KEPT_SHARE : maxBytes
    for (const { path, size, names } of files) {
      if (total <= kept) break
      if (names > 1) continue
      await rm(path, { force: true })
      total -= size
    }
    return true
  }

  return {
    async add(path, name, newPath) {
      const at = join(folder, name)
      try {
        await link(path, at)
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return utimes(at, new Date(), new Date())
        const copy = await newPath()
        await copyFile(path, copy)
        await rename(copy, at)
      }
      const { size } = await stat(path)
      total += size
      added += size
    },
    // One after the other: each sees what the one before it has removed.
    trim() {
      const trimmed = trimming.catch(() => undefined).then(removeOldest)
      trimming = trimmed
      return trimmed
    },
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
