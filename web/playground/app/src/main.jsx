import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import './workers.js';
// The separate style sheets: graphiql/style.css would bring the fonts and Monaco's rules a second time.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './accessible.css';
import { AccessibleEditors, editorTheme } from './editors.jsx';
import { SchemaAfterToken } from './schema.jsx';
import { isFirstVisit, loadExamples, tabProps, takeLinkedTab } from './tabs.js';

const endpoint = new URL('../graphql', location.href);
const liveEndpoint = new URL(endpoint);
liveEndpoint.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

/** The code with which the server closes a WebSocket whose token it does not accept, or no longer. */
const refused = 4403;

// A browser sends no headers of ours with a WebSocket, so what stands in the headers editor goes into connection_init.
const fetcher = (params, options) =>
  createGraphiQLFetcher({
    url: endpoint.href,
    wsClient: createClient({
      url: liveEndpoint.href,
      connectionParams: options?.headers,
      shouldRetry: (closed) => closed instanceof CloseEvent && closed.code !== refused,
    }),
  })(params, options);

/** On a phone the query needs all the room: documentation and variables then wait for a tap. */
const hasRoom = matchMedia('(min-width: 60rem)').matches;

const firstVisit = isFirstVisit();
const examples = await loadExamples();

createRoot(document.getElementById('root')).render(
  <GraphiQL
    fetcher={fetcher}
    editorTheme={editorTheme}
    visiblePlugin={firstVisit && hasRoom ? DOC_EXPLORER_PLUGIN : undefined}
    defaultEditorToolsVisibility={hasRoom || undefined}
    inputValueDeprecation={true}
    shouldPersistHeaders={false} // a token stays out of the browser's storage
    schemaDescription={true}
    {...tabProps(examples, takeLinkedTab(examples), firstVisit)}
  >
    <GraphiQL.Logo>
      <a className="graphiql-logo-link" href="../" lang="nl">
        Kennisgraaf
      </a>
    </GraphiQL.Logo>
    <AccessibleEditors />
    <SchemaAfterToken />
  </GraphiQL>,
);
