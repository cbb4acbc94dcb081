import { spawnSync } from 'node:child_process';

// Known weaknesses of what is part of the product. Where the registry does not answer that question, it says so and lets pass: a check
// that fails without a network would be switched off.
const { stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 60_000,
  shell: process.platform === 'win32',
});

type Report = {
  vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }>;
  message?: string;
  error?: { summary?: string };
};

function read(text: string | null): Report | null {
  try {
    return JSON.parse(text ?? '') as Report;
  } catch {
    return null;
  }
}

const report = read(stdout);
if (!report?.vulnerabilities) {
  const why = report?.error?.summary || report?.message || (stderr ?? '').trim().split('\n').at(-1);
  console.log(`skipped: the registry does not tell (${why || 'no answer'})`);
  process.exit(0);
}
const serious = Object.entries(report.vulnerabilities).filter(([, { severity }]) =>
  ['high', 'critical'].includes(severity),
);
if (serious.length > 0) {
  const lines = serious.map(([name, { severity, via }]) => {
    const named = via.map((one) => (typeof one === 'string' ? one : `${one.title} ${one.url}`));
    return `  ${name} (${severity}): ${named.join('; ')}`;
  });
  console.error(`Known weaknesses:\n${lines.join('\n')}`);
  process.exit(1);
}
console.log(`no serious weakness is known in what is shipped`);
