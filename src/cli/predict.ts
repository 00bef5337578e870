import type { Logger } from '../adapters/adapter.js'
import { type Backend, formatReport, type TaskAnswer } from '../backend/index.js'
import { PrelabelError } from '../errors.js'
import { formatIssues } from '../issues.js'
import type { Task } from '../results/index.js'
import { openBatchFile } from './batch-state.js'
import { command, describeError } from './command.js'
import { readText, writeJson } from './files.js'
import { formatProblems } from './format-problems.js'
import { loadBackend } from './load-backend.js'
import { printPlan } from './print-plan.js'
import { readTasks } from './read-tasks.js'

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
    plan: { type: 'boolean', description: 'Print what models would be asked and what it would cost; send nothing' },
    batch: {
      type: 'string',
      valueHint: 'run.json',
      description: "Ask through the providers' batch APIs first: cheaper, within a day. The file lets a run go on",
    },
  },
  async run({ file, tasks: tasksFile, out, config, plan, batch }) {
    if (plan && batch !== undefined) throw planAndBatch()
    const tasks = await readTasks(tasksFile)
    const options = config === undefined ? {} : { config: await readText(config) }
    const backend = await loadBackend(file)
    try {
      if (plan) {
        const planned = await backend.plan(tasks, options)
        process.stdout.write(printPlan(planned, tasks))
        return planned.problems.length > 0 ? 1 : 0
      }
      process.stderr.write(`${formatReport(await backend.report(options.config))}\n`)
      if (batch !== undefined) await runBatch(backend, tasks, options, batch)
      const answers = await backend.predict(tasks, { ...options, logger: SILENT })
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

/** What becomes of each task is told once, at the end. */
const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} }

async function runBatch(backend: Backend, tasks: readonly Task[], options: { config?: string }, file: string) {
  const { adapters } = await backend.runBatch(tasks, { ...options, stateOf: await openBatchFile(file) })
  for (const { adapter, batch } of adapters) {
    process.stderr.write(`${adapter}: ${batch?.text ?? 'has no way to run in bulk'}\n`)
  }
}

function planAndBatch(): PrelabelError {
  return new PrelabelError('--plan and --batch do not go together', {
    code: 'invalid-option',
    hint: 'A plan says what a bulk run costs too.',
  })
}

function withPrediction(one: Task, answer: TaskAnswer | undefined) {
  return { ...one, predictions: answer?.prediction === undefined ? [] : [answer.prediction] }
}

function report(tasks: readonly Task[], answers: readonly TaskAnswer[]): number {
  const refused = answers.flatMap(({ issues }, index) =>
    issues.map((issue) => ({ index, text: formatIssues([issue]) })),
  )
  const failed = answers.flatMap(({ error }, index) =>
    error === undefined ? [] : [{ index, text: describeError(error) }],
  )
  const lines = formatProblems([...refused, ...failed], tasks)
  lines.push(`${tasks.length - failed.length} of ${tasks.length} tasks predicted`)
  process.stderr.write(`${lines.join('\n')}\n`)
  return failed.length > 0 ? 1 : 0
}
