// GraphiQL 5 marks its row of tabs with the ARIA roles of tabs, but puts buttons inside each and leaves out the arrow
// keys, which a screen reader then promises in vain (WCAG 4.1.2). GraphiQL 6 makes it a plain list of buttons; this
// Vite plugin does the same to version 5. It fails the build if the code to change is not there.
const changes = [
  ['@graphiql/react/dist/components/tabs/index.js', '"aria-selected": isActive', '"aria-current": isActive'],
  ['@graphiql/react/dist/components/tabs/index.js', 'role: "tab",', ''],
  ['@graphiql/react/dist/components/tabs/index.js', 'role: "tablist",', ''],
  ['graphiql/dist/GraphiQL.js', 'role: "tabpanel"', 'role: "region"'],
];

export default function plainTabs() {
  const done = new Set();
  return {
    name: 'plain-tabs',
    apply: 'build',
    transform(code, id) {
      const own = changes.filter(([file]) => id.endsWith(`node_modules/${file}`));
      if (own.length === 0) return null;
      for (const change of own) {
        if (code.split(change[1]).length !== 2) throw new Error(`plain-tabs: ${change[1]} is not once in ${id}`);
        code = code.replace(change[1], change[2]);
        done.add(change);
      }
      return { code, map: null };
    },
    buildEnd(error) {
      if (!error && done.size !== changes.length) throw new Error('plain-tabs: GraphiQL keeps its tabs elsewhere now');
    },
  };
}
