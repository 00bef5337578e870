import { checkConfig } from '../config/index.js'
import { formatIssues, hasErrors, type Issue } from '../issues.js'
import { validatePrediction } from '../results/index.js'
import { collectPredictions } from './collect-predictions.js'
import { command } from './command.js'
import { readJson, readText } from './files.js'

export const validate = command({
  name: 'validate',
  description: 'Check a labeling config, and predictions against it. Exits 1 when there is an error.',
  args: {
    config: { type: 'positional', required: true, valueHint: 'config.xml', description: 'The labeling config' },
    predictions: {
      type: 'positional',
      required: false,
      valueHint: 'predictions.json',
      description: 'Predictions, tasks with predictions, or the answer of a backend',
    },
    json: { type: 'boolean', description: 'Print the issues as JSON' },
  },
  async run(args) {
    const xml = await readText(args.config)
    const { config, issues: configIssues } = checkConfig(xml)
    const predictions = args.predictions === undefined ? [] : collectPredictions(await readJson(args.predictions))
    const issues =
      config === undefined
        ? []
        : predictions.flatMap(({ path, prediction, task }) =>
            validatePrediction(config, prediction, task === undefined ? {} : { task }).map((issue) =>
              under(path, issue),
            ),
          )
    const all = [...configIssues, ...issues]
    if (args.json) process.stdout.write(`${JSON.stringify({ issues: all, ...count(all) }, null, 2)}\n`)
    else report(xml, configIssues, issues, predictions.length)
    return hasErrors(all) ? 1 : 0
  },
})

function report(xml: string, configIssues: readonly Issue[], issues: readonly Issue[], predictions: number): void {
  const { errors, warnings } = count([...configIssues, ...issues])
  const blocks = [formatIssues(configIssues, xml), formatIssues(issues)].filter((block) => block !== '')
  blocks.push(`config and ${predictions} prediction(s) checked: ${errors} error(s), ${warnings} warning(s)`)
  process.stdout.write(`${blocks.join('\n')}\n`)
}

function under(path: string, issue: Issue): Issue {
  return path === '' ? issue : { ...issue, path: `${path}.${issue.path}` }
}

function count(issues: readonly Issue[]) {
  const errors = issues.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: issues.length - errors }
}
