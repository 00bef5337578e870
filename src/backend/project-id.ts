/** Label Studio names a project by its id and the time it was made: `12.1795299628`. Its events have the id alone. */
export function projectIdOf(project: string): string {
  return project.split('.', 1)[0] ?? project
}
