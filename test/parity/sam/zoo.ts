import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

export const zoo = resolve(process.env.PRELABEL_SHARED ?? '../shared', 'zoo')
/** Whether the models and recorded answers are there. */
export const hasZoo = existsSync(zoo)
if (!hasZoo) console.info(`skipped: ${zoo} is not there; set PRELABEL_SHARED`)
