import { PrelabelError } from './errors.js'

/**
 * A package that is an optional peer: the one a user injected, or the installed one, imported when first needed.
 *
 * @param owner who needs it, for the message: `prelabel/yolo`
 * @param name the package
 * @param injected what the user passed instead, if anything
 * @param load `() => import(name)`, written out at the call so that bundlers see it
 * @throws PrelabelError `missing-package`, with the install command as its hint
 */
export async function importOptional<T>(
  owner: string,
  name: string,
  injected: T | undefined,
  load: () => Promise<T>,
): Promise<T> {
  if (injected !== undefined) return injected
  try {
    return await load()
  } catch (cause) {
    throw new PrelabelError(`${owner} needs the package ${name}, which could not be imported`, {
      code: 'missing-package',
      hint: `Run \`npm install ${name}\`, or pass the imported module as an option.`,
      cause,
    })
  }
}
