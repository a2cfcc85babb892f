// The nodes and relations of a picture, put together from several answers.

export class Network {
  nodes = new Map();
  relations = new Map();

  /** Adds the nodes and relations of an answer. */
  add({ nodes, relations }) {
    for (const node of nodes) this.nodes.set(node.id, node);
    for (const r of relations) {
      const relation = { ...r, from: r.from.id, to: r.to.id };
      const key = JSON.stringify([relation.type, relation.from, relation.to, relation.since, relation.until]);
      if (this.nodes.has(relation.from) && this.nodes.has(relation.to)) this.relations.set(key, { ...relation, key });
    }
    return this;
  }

  /** What is in sight when only these types are; always keeps the given nodes. null stands for all types. */
  only(types, always) {
    const seen = new Network();
    for (const node of this.nodes.values()) {
      if (!types || types.includes(node.__typename) || always.includes(node.id)) seen.nodes.set(node.id, node);
    }
    for (const [key, r] of this.relations) {
      if (seen.nodes.has(r.from) && seen.nodes.has(r.to)) seen.relations.set(key, r);
    }
    return seen;
  }

  /** How many nodes there are of each type, by name. */
  counts() {
    const counts = new Map();
    for (const node of this.nodes.values()) counts.set(node.__typename, (counts.get(node.__typename) ?? 0) + 1);
    return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
  }

  /** The relations that a node has. */
  of(id) {
    return [...this.relations.values()].filter((r) => r.from === id || r.to === id);
  }
}
