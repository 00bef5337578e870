import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, type CommandDef, renderUsage } from 'citty'

/** Prints the help of a command; in colour only where somebody looks at it. */
export async function showUsage<A extends ArgsDef>(command: CommandDef<A>, parent?: CommandDef<A>): Promise<void> {
  const usage = await renderUsage(command, parent)
  const isColoured = process.stdout.isTTY && process.env.NO_COLOR === undefined
  process.stdout.write(`${isColoured ? usage : stripVTControlCharacters(usage)}\n\n`)
}
