import { readFile } from 'node:fs/promises'

/**
 * The labeling config that stands in a backend's file, as its users copy it into Label Studio.
 *
 * @param file relative to the project
 */
export async function configOf(file: string): Promise<string> {
  const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')
  const config = /defineConfig\(`([^`]+)`\)/.exec(source)?.[1]
  if (config === undefined) throw new Error(`${file} has no config`)
  return config
}
