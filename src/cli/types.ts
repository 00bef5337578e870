import { printTypes } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import { createLabelStudioClient, readLabelStudioEnvironment } from '../label-studio/index.js'
import { command } from './command.js'
import { readText, writeText } from './files.js'

export const types = command({
  name: 'types',
  description: 'Write the TypeScript types of a labeling config that is kept in a file or in a project.',
  args: {
    config: { type: 'positional', required: false, valueHint: 'config.xml', description: 'The labeling config' },
    project: { type: 'string', valueHint: '12', description: 'Id of a project, instead of a file' },
    url: { type: 'string', description: "Label Studio's address; LABEL_STUDIO_URL without it" },
    token: { type: 'string', description: 'Token for it; LABEL_STUDIO_API_KEY without it' },
    out: { type: 'string', alias: 'o', default: '-', valueHint: 'labels.ts', description: '- for standard output' },
    name: { type: 'string', default: 'Shape', description: 'Name of the type' },
  },
  async run(args) {
    if (!/^[A-Z_$][\w$]*$/i.test(args.name)) {
      throw new PrelabelError(`--name must be the name of a type, got ${args.name}`, { code: 'invalid-option' })
    }
    await writeText(args.out, printTypes(await readConfig(args), args.name))
    return 0
  },
})

interface Source {
  readonly config?: string | undefined
  readonly project?: string | undefined
  readonly url?: string | undefined
  readonly token?: string | undefined
}

function readConfig({ config, project, url, token }: Source): Promise<string> {
  if (config !== undefined && project === undefined) return readText(config)
  if (config === undefined && project !== undefined) return readProjectConfig(project, { url, token })
  throw new PrelabelError(`the config comes from a file or from a project, got ${config ? 'both' : 'neither'}`, {
    code: 'invalid-option',
    hint: 'Write `prelabel types config.xml` or `prelabel types --project 12`.',
  })
}

async function readProjectConfig(project: string, given: Pick<Source, 'url' | 'token'>): Promise<string> {
  if (!/^[1-9]\d*$/.test(project)) {
    throw new PrelabelError(`--project must be the id of a project, got ${project}`, {
      code: 'invalid-option',
      hint: 'It is the number in the address of the project: 12 in /projects/12/data.',
    })
  }
  const environment = readLabelStudioEnvironment(process.env)
  const { projects } = createLabelStudioClient({
    url: required('--url', given.url ?? environment.url, 'LABEL_STUDIO_URL'),
    token: required('--token', given.token ?? environment.token, 'LABEL_STUDIO_API_KEY'),
  })
  const { label_config: config } = await projects.get(Number(project))
  return config ?? ''
}

function required(option: string, value: string | undefined, variable: string): string {
  if (value !== undefined && value !== '') return value
  throw new PrelabelError(`--project needs ${option}`, {
    code: 'invalid-option',
    hint: `Give ${option}, or set ${variable}.`,
  })
}
