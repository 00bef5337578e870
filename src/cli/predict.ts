import { z } from 'zod'
import type { TaskAnswer } from '../backend/index.js'
import { PrelabelError } from '../errors.js'
import type { Task } from '../results/index.js'
import { command, describeError } from './command.js'
import { readJson, readText, writeJson } from './files.js'
import { loadBackend } from './load-backend.js'

export const predict = command({
  name: 'predict',
  description: 'Predict for the tasks of a file, without a server. Exits 1 when a task failed; the others are written.',
  args: {
    file: {
      type: 'positional',
      required: true,
      description: 'A module whose default export is a backend (.ts or .js)',
    },
    tasks: {
      type: 'string',
      required: true,
      valueHint: 'tasks.json',
      description: 'Tasks as Label Studio imports them: .json or .jsonl',
    },
    out: {
      type: 'string',
      default: '-',
      valueHint: 'predictions.json',
      description: 'Tasks with predictions, ready for import; - for standard output',
    },
    config: { type: 'string', valueHint: 'config.xml', description: "A labeling config instead of the backend's own" },
  },
  async run({ file, tasks: tasksFile, out, config }) {
    const tasks = readTasks(await readJson(tasksFile), tasksFile)
    const options = config === undefined ? {} : { config: await readText(config) }
    const backend = await loadBackend(file)
    try {
      const answers = await backend.predict(tasks, options)
      await writeJson(
        out,
        tasks.map((task, index) => withPrediction(task, answers[index])),
      )
      return report(tasks, answers)
    } finally {
      await backend.dispose()
    }
  },
})

const data = z.record(z.string(), z.unknown())
const task = z.object({ id: z.union([z.number(), z.string()]).optional(), data })
/** Label Studio takes `{data: {…}}` and the bare fields alike. */
const entry = z.union([task, data.transform((fields) => ({ id: undefined, data: fields }))])
const taskList = z.union([z.array(entry), entry.transform((one) => [one])])

function readTasks(document: unknown, file: string): readonly Task[] {
  const parsed = taskList.safeParse(document)
  if (!parsed.success) {
    throw new PrelabelError(`${file} holds no tasks`, {
      code: 'no-tasks',
      path: file,
      hint: 'Give a list of tasks: `[{"data": {"image": "photo.jpg"}}]`.',
    })
  }
  return parsed.data.map(({ id, data: fields }) => ({ data: fields, ...(id === undefined ? {} : { id }) }))
}

function withPrediction(one: Task, answer: TaskAnswer | undefined) {
  return { ...one, predictions: answer?.prediction === undefined ? [] : [answer.prediction] }
}

function report(tasks: readonly Task[], answers: readonly TaskAnswer[]): number {
  const lines = answers.flatMap(({ error, issues }, index) => {
    const name = `task ${tasks[index]?.id ?? index}`
    const failure = error === undefined ? [] : [`${name}: ${describeError(error)}`]
    return [...failure, ...issues.map(({ code, path, message }) => `${name}: ${code} ${path}: ${message}`)]
  })
  const failed = answers.filter(({ error }) => error !== undefined).length
  lines.push(`${tasks.length - failed} of ${tasks.length} tasks predicted`)
  process.stderr.write(`${lines.join('\n')}\n`)
  return failed > 0 ? 1 : 0
}
