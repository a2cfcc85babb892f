// What the editor opens with: the worked examples of the server, and what the address asks for.

/** GraphiQL keeps its tabs here; without this key it is somebody's first visit. */
const STORED_TABS = 'graphiql:tabState';

export function isFirstVisit() {
  try {
    return localStorage.getItem(STORED_TABS) === null;
  } catch {
    return true; // storage is switched off: every visit is the first
  }
}

/** The worked examples as tabs. Without them the playground still works, with one empty tab. */
export async function loadExamples() {
  try {
    const response = await fetch('examples.json');
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()).map(({ operation, query, variables }) => ({
      operation,
      query,
      variables: variables ? JSON.stringify(variables, null, 2) : '',
    }));
  } catch (error) {
    console.error('The examples could not be read.', error);
    return [];
  }
}

/**
 * The tab that the address asks for: ?example=OperationName, or ?query=…&variables=….
 * The parameters are then taken out of the address, so that a reload keeps the user's own tabs.
 */
export function takeLinkedTab(examples) {
  const parameters = new URLSearchParams(location.search);
  if (location.search) history.replaceState(null, '', location.pathname);
  const name = parameters.get('example');
  if (name) return examples.find(({ operation }) => operation === name);
  const query = parameters.get('query');
  return query ? { query, variables: parameters.get('variables') ?? '' } : undefined;
}

/** GraphiQL's properties for the tabs: all examples at a first visit, afterwards what the user has. */
export function tabProps(examples, linked, firstVisit) {
  if (!firstVisit) return editorProps(linked ?? storedActiveTab());
  const others = examples.filter((tab) => tab !== linked);
  const tabs = linked ? [linked, ...others] : others;
  if (tabs.length === 0) return {};
  const defaultTabs = tabs.map(({ query, variables }) => ({ query, variables }));
  return { defaultTabs, ...editorProps(tabs[0]) };
}

/**
 * GraphiQL 5 takes what its editors begin with not from the active tab, but from here or from the last edit: without
 * this a tab that was never edited loses its variables at a reload. A tab with just this content is made the active
 * one; if there is none, it is added.
 */
function editorProps(tab) {
  return tab ? { initialQuery: tab.query ?? '', initialVariables: tab.variables ?? '' } : {};
}

function storedActiveTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(STORED_TABS));
    return tabs[activeTabIndex];
  } catch {
    return undefined; // GraphiQL starts afresh then too
  }
}
