// Loaded before a program: prints on its last line of standard output what the process took.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const spent = { processorSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
  process.stdout.write(`\n${JSON.stringify(spent)}\n`);
});
