import { useEffect } from 'react';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';

/** How long the headers must have been left alone, in milliseconds. */
const QUIET = 500;

/**
 * Asks for the schema again when the headers are edited and there is none yet: a server that wants a token has refused
 * it. Shows nothing itself.
 */
export function SchemaAfterToken() {
  const headers = useGraphiQL((state) => state.headerEditor);
  const missing = useGraphiQL((state) => !state.schema);
  const { introspect } = useGraphiQLActions();

  useEffect(() => {
    if (!headers || !missing) return undefined;
    let timer;
    const listener = headers.onDidChangeModelContent(() => {
      clearTimeout(timer);
      timer = setTimeout(introspect, QUIET);
    });
    return () => {
      clearTimeout(timer);
      listener.dispose();
    };
  }, [headers, missing, introspect]);

  return null;
}
