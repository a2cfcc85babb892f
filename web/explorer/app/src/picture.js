// The picture, drawn by Cytoscape.js on a canvas.
import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';
import { colourOf, cornersOf } from './shapes.js';

cytoscape.use(fcose);

const LONGEST = 42;
const LARGEST = 1.5;

/** Above so many nodes springs take seconds: then rings, the most relevant nodes inside. */
const MANY = 450;

const SIZE = { centre: 34, other: 24 };

/**
 * A picture in an element. select(id) and open(id) are called for a tap and a double tap on a node. It throws where
 * nothing can be drawn.
 */
export class Picture {
  constructor(element, { select, open }) {
    this.cy = cytoscape({ container: element, minZoom: 0.05, maxZoom: 4, boxSelectionEnabled: false, autounselectify: true });
    this.cy.on('tap', 'node', (event) => select(event.target.id()));
    this.cy.on('dbltap', 'node', (event) => open(event.target.id()));
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.restyle = () => this.style();
    this.dark.addEventListener('change', this.restyle);
  }

  /** Shows a network, from a root as layers. Nodes that were there before stay about where they were. */
  show(network, centres, root) {
    const { cy } = this;
    const fresh = cy.nodes().empty();
    cy.batch(() => {
      cy.elements().filter((element) => !(element.isNode() ? network.nodes : network.relations).has(element.id())).remove();
      for (const node of network.nodes.values()) {
        if (cy.getElementById(node.id).empty()) cy.add({ group: 'nodes', data: this.data(node), position: this.place(node.id, network) });
      }
      for (const r of network.relations.values()) {
        if (cy.getElementById(r.key).empty()) cy.add({ group: 'edges', data: { id: r.key, source: r.from, target: r.to } });
      }
      cy.nodes().forEach((node) => node.toggleClass('centre', centres.includes(node.id())));
    });
    this.style();
    this.layout(fresh, root);
  }

  data(node) {
    const label = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST).trimEnd()}…` : node.label;
    return { id: node.id, label, type: node.__typename };
  }

  /** Where a new node begins: by a neighbour that is there already, else on a spiral, so that a picture comes out the same each time. */
  place(id, network) {
    const known = network.of(id).map((r) => this.cy.getElementById(r.from === id ? r.to : r.from)).find((n) => n.nonempty());
    const i = this.cy.nodes().length;
    const angle = i * 2.4;
    const from = known?.position() ?? { x: 0, y: 0 };
    const far = known ? 60 + 2 * i ** 0.5 : 30 * i ** 0.5;
    return { x: from.x + far * Math.cos(angle), y: from.y + far * Math.sin(angle) };
  }

  layout(fresh, root) {
    const count = this.cy.nodes().length;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches || fresh || count > 150;
    const common = { animate: !still, animationDuration: 400, padding: 24, nodeDimensionsIncludeLabels: true };
    const layers = {
      name: 'breadthfirst', roots: [root], spacingFactor: 1.1, avoidOverlap: true,
      direction: this.cy.width() > this.cy.height() ? 'rightward' : 'downward',
    };
    const springs = {
      name: 'fcose', quality: 'proof', randomize: false, idealEdgeLength: 90, nodeRepulsion: 9000, packComponents: false,
      numIter: count > 200 ? 800 : 2500,
    };
    const order = new Map(this.cy.nodes().map((node, i) => [node.id(), i]));
    const rings = {
      name: 'concentric', concentric: (node) => -Math.ceil((order.get(node.id()) / 3) ** 0.5), levelWidth: () => 1,
      minNodeSpacing: 30, nodeDimensionsIncludeLabels: false,
    };
    this.cy.layout({ ...common, ...(root ? layers : count > MANY ? rings : springs), stop: () => this.fit() }).run();
  }

  style() {
    const css = getComputedStyle(document.documentElement);
    const colour = (name) => css.getPropertyValue(name).trim();
    const types = new Set(this.cy.nodes().map((node) => node.data('type')));
    this.cy.style([
      { selector: 'node', style: {
        width: SIZE.other, height: SIZE.other, shape: 'polygon', 'border-width': 1.5, 'border-color': colour('--ink'),
        label: 'data(label)', color: colour('--ink'), 'font-family': 'system-ui, sans-serif', 'font-size': 11,
        'text-wrap': 'wrap', 'text-max-width': 110, 'text-valign': 'bottom', 'text-margin-y': 4, 'min-zoomed-font-size': 6,
        'text-background-color': colour('--paper'), 'text-background-opacity': 0.8, 'text-background-padding': 1,
      } },
      ...[...types].map((type) => ({ selector: `node[type = "${type}"]`, style: { 'background-color': colourOf(type), 'shape-polygon-points': cornersOf(type) } })),
      { selector: 'edge', style: {
        width: 1.5, 'line-color': colour('--edge'), 'curve-style': 'bezier', 'target-arrow-shape': 'triangle',
        'target-arrow-color': colour('--edge'), 'arrow-scale': 0.8,
      } },
      { selector: 'node.centre', style: { width: SIZE.centre, height: SIZE.centre, 'font-weight': 700, 'font-size': 13 } },
      { selector: 'node.chosen', style: { 'border-width': 4, 'border-color': colour('--link') } },
      { selector: 'edge.marked', style: { width: 4, 'line-color': colour('--link'), 'target-arrow-color': colour('--link') } },
      { selector: 'node.marked', style: { 'border-width': 3, 'border-color': colour('--link') } },
      { selector: '.faint', style: { opacity: 0.35 } },
    ]);
  }

  /** Marks the chosen node. */
  choose(id) {
    this.cy.nodes().forEach((node) => node.toggleClass('chosen', node.id() === id));
  }

  /** Makes some nodes and relations stand out from all others; null for none. */
  mark(nodes, relations) {
    this.cy.elements().forEach((element) => {
      const marked = nodes !== null && (element.isNode() ? nodes : relations).has(element.id());
      element.toggleClass('marked', marked);
      element.toggleClass('faint', nodes !== null && !marked);
    });
  }

  zoom(factor) {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** Brings all in sight, and a few nodes not larger than needed. */
  fit() {
    this.cy.fit(undefined, 24);
    if (this.cy.zoom() <= LARGEST) return;
    this.cy.zoom(LARGEST);
    this.cy.center();
  }

  /** The whole picture as a PNG. */
  png() {
    const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
    return this.cy.png({ output: 'blob', full: true, scale: 2, maxWidth: 4000, maxHeight: 4000, bg: paper });
  }

  close() {
    this.dark.removeEventListener('change', this.restyle);
    this.cy.destroy();
  }
}
