import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from 'citty'
import { PrelabelError } from '../errors.js'
import { formatIssues, IssuesError } from '../issues.js'
import { redactText } from '../label-studio/redact.js'

interface Definition<A extends ArgsDef> {
  readonly name: string
  readonly description: string
  readonly args: A
  /** Resolves with the exit code; with none when the process is to go on, serving. */
  run(args: ParsedArgs<A>): Promise<number | undefined>
}

/** A sub-command that refuses options it does not know and turns what it throws into a message and an exit code. */
export function command<const A extends ArgsDef>({ name, description, args, run }: Definition<A>): CommandDef<A> {
  return defineCommand({
    meta: { name, description },
    args,
    async run(context) {
      try {
        refuseUnknown(name, context.args, args)
        process.exitCode = await run(context.args)
      } catch (error) {
        process.stderr.write(`${describeError(error)}\n`)
        process.exitCode = 1
      }
    },
  })
}

function refuseUnknown(name: string, given: Record<string, unknown>, known: ArgsDef): void {
  const names = new Set(['_', ...Object.entries(known).flatMap(([key, option]) => [key, aliases(option)].flat())])
  const unknown = Object.keys(given).find((key) => !names.has(key))
  if (unknown !== undefined) {
    throw new PrelabelError(`\`prelabel ${name}\` has no option --${unknown}`, {
      code: 'unknown-option',
      hint: `\`prelabel ${name} --help\` lists the options.`,
    })
  }
  const positionals = Object.values(known).filter(({ type }) => type === 'positional').length
  const extra = Array.isArray(given._) ? given._[positionals] : undefined
  if (extra !== undefined) {
    throw new PrelabelError(`\`prelabel ${name}\` takes ${positionals} argument(s), got one more: ${extra}`, {
      code: 'unknown-option',
      hint: `\`prelabel ${name} --help\` shows the usage.`,
    })
  }
}

function aliases(option: ArgsDef[string]): readonly string[] {
  return 'alias' in option && option.alias !== undefined ? [option.alias].flat() : []
}

/** An error for people: its code and message, where, and what to do; issues with their places; never a stack or a secret. */
export function describeError(error: unknown): string {
  if (IssuesError.isInstance(error) && error instanceof IssuesError) return formatIssues(error.issues)
  if (!PrelabelError.isInstance(error))
    return redactText(`error: ${error instanceof Error ? error.message : String(error)}`)
  const hint = error.hint === undefined ? '' : `\n  hint: ${error.hint}`
  const path = error.path === undefined ? '' : ` (${error.path})`
  // The code is ours, and may end like the name of a secret.
  return `error ${error.code}: ${redactText(`${error.message}${path}${hint}`)}`
}
