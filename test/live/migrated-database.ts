/** Label Studio's database as its first start leaves it: most of that start is migrations, which later ones are spared. */

import { constants } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const KEPT = fileURLToPath(
  new URL('../../node_modules/.cache/prelabel/label-studio-1.23.2-migrated.sqlite3', import.meta.url),
)

/** @returns whether one was kept and is now at `database` */
export function takeMigratedDatabase(database: string): Promise<boolean> {
  return copyFile(KEPT, database, constants.COPYFILE_EXCL).then(
    () => true,
    () => false,
  )
}

/** @param database of a Label Studio that has just answered for the first time */
export async function keepMigratedDatabase(database: string): Promise<void> {
  await mkdir(dirname(KEPT), { recursive: true })
  const partial = `${KEPT}.${process.pid}`
  await copyFile(database, partial)
  await rename(partial, KEPT)
}
