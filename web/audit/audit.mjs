// Runs every GraphQL over HTTP audit against the server at the URL given, and prints one line of JSON:
// {"total": 61, "passed": 61, "summary": "61 passed", "failed": []}
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('usage: node audit.mjs <url of the GraphQL endpoint>');
  process.exit(2);
}

const failed = [];
const audits = serverAudits({ url });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failed.push({ id: result.id, name: result.name, status: result.status, reason: result.reason });
  }
  await result.response?.body?.cancel?.().catch(() => {});
}
const passed = audits.length - failed.length;
console.log(JSON.stringify({ total: audits.length, passed, summary: `${passed} passed`, failed }));
