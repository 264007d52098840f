/** In milliseconds of a processor. */
const WORK = 150;

/**
 * How much longer work takes on the clock than it takes of a processor: 1 on a machine with nothing else to do. A time that is measured
 * while others build beside us is held against its limit times this.
 */
export function slowness(): number {
  const begin = performance.now();
  const spent = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(spent);
    const used = (user + system) / 1000;
    if (used >= WORK) return Math.max(1, (performance.now() - begin) / used);
  }
}
