import { printTypes } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import { command } from './command.js'
import { readText, writeText } from './files.js'

export const types = command({
  name: 'types',
  description: 'Write the TypeScript types of a labeling config that is kept in a file.',
  args: {
    config: { type: 'positional', required: true, valueHint: 'config.xml', description: 'The labeling config' },
    out: { type: 'string', alias: 'o', default: '-', valueHint: 'labels.ts', description: '- for standard output' },
    name: { type: 'string', default: 'Shape', description: 'Name of the type' },
  },
  async run({ config, out, name }) {
    if (!/^[A-Z_$][\w$]*$/i.test(name)) {
      throw new PrelabelError(`--name must be the name of a type, got ${name}`, { code: 'invalid-option' })
    }
    await writeText(out, printTypes(await readText(config), name))
    return undefined
  },
})
