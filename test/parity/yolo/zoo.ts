import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Finding } from '../../../src/results/findings.js'
import { findAllIn, type References, readReferences } from './recorded.js'

export const zoo = resolve(process.env.PRELABEL_SHARED ?? '../shared', 'zoo')
/** Whether the models and recorded answers are there. */
export const hasZoo = existsSync(zoo)
if (!hasZoo) console.info(`skipped: ${zoo} is not there; set PRELABEL_SHARED`)

export function references(folder: string, file: string): References {
  return readReferences(`${zoo}/${folder}/reference/${file}.json`)
}

/** The file of a picture of the references. */
export function picturePath(image: string): string {
  const drawn = `${zoo}/images/${image}`
  return existsSync(drawn) ? drawn : `${zoo}/photos/${image}`
}

/** Runs a model on all pictures of its references, with the settings of the references. */
export function findAll(folder: string, recorded: References): Promise<(Finding[] | Error)[]> {
  return findAllIn(`${zoo}/${folder}`, recorded, picturePath)
}
