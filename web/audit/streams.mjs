// Has the clients graphql-ws and graphql-sse ask the server at the URL given for what the test schema has, and prints
// one line of JSON: {"total": 8, "passed": 8, "failed": []}
import { createClient as createSocket } from 'graphql-ws';
import { createClient as createEvents } from 'graphql-sse';
import WebSocket from 'ws';

const url = process.argv[2];
if (!url) {
  console.error('usage: node streams.mjs <url of the GraphQL endpoint>');
  process.exit(2);
}

const clients = {
  'graphql-ws': createSocket({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 }),
  'graphql-sse': createEvents({ url, retryAttempts: 0 }),
};

async function first(client, query, count) {
  const results = [];
  for await (const result of client.iterate({ query })) {
    results.push(result);
    if (results.length === count) break;
  }
  return results;
}

async function refused(client, query) {
  try {
    const [result] = await first(client, query, 1);
    return result.errors; // graphql-sse hands it over as a result
  } catch (errors) {
    return errors; // graphql-ws throws it
  }
}

const checks = {
  query: async (c) => (await first(c, '{ hello }'))[0].data.hello === 'hallo',
  mutation: async (c) => (await first(c, 'mutation { rename(id: "7", name: "x") { id } }'))[0].data.rename.id === '7',
  subscription: async (c) => (await first(c, 'subscription { ticks }', 3)).map((r) => r.data.ticks).join() === '0,1,2',
  refusal: async (c) => (await refused(c, '{ nothing }'))[0].extensions.code === 'BAD_USER_INPUT',
};

const failed = [];
let total = 0;
for (const [name, client] of Object.entries(clients)) {
  for (const [check, run] of Object.entries(checks)) {
    total++;
    const reason = await run(client).then((ok) => (ok ? '' : 'another answer'), (err) => String(err?.stack ?? JSON.stringify(err)));
    if (reason) failed.push({ id: name, name: check, status: 'error', reason });
  }
  await client.dispose();
}
console.log(JSON.stringify({ total, passed: total - failed.length, failed }));
