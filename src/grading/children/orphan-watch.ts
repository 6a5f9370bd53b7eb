/**
 * A thread of a grading child that ends the process once its parent is gone: a worker that was killed must not
 * leave children behind that loop for ever.
 */
const lookMs = 500;

const parent = Number(process.argv[2]);

setInterval(() => {
  // An orphan is given to another parent (init, or the nearest reaper) at once.
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, lookMs);
