/** Runs the examples one after another in one process, each under a heading. */

for (const name of process.argv.slice(2).filter((argument) => !argument.startsWith('--'))) {
  console.log(`# ${name}`)
  await import(`../../../examples/llm/${name}.ts`)
}
