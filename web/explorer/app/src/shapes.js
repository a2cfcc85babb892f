// The form and colour of each type. Two types with the same colour have another form, so that colour is not all.
import { svg } from './dom.js';
import { typeOf } from './model.js';

const TURN = 2 * Math.PI;

/** The corners of a regular polygon, or of a star where inner is less than 1; in a square from -1 to 1. */
function ring(corners, turn = 0, inner = 1) {
  const count = inner < 1 ? 2 * corners : corners;
  return Array.from({ length: count }, (_, i) => {
    const r = inner < 1 && i % 2 ? inner : 1;
    const angle = (i / count + turn) * TURN - TURN / 4;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

const FORMS = [
  ring(24), // a circle
  ring(4, 1 / 8),
  ring(3),
  ring(4),
  ring(6),
  ring(5, 0, 0.45),
  [[-1, -0.6], [1, -0.6], [1, 0.6], [-1, 0.6]],
  ring(3, 1 / 2),
  ring(8, 1 / 16),
  [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35], [0.35, 1], [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]],
  ring(5),
  [[-1, -0.7], [0.4, -0.7], [1, 0], [0.4, 0.7], [-1, 0.7]],
  [[-0.6, -0.7], [1, -0.7], [0.6, 0.7], [-1, 0.7]],
  [[-0.9, -0.9], [0.9, -0.9], [0.25, 0], [0.9, 0.9], [-0.9, 0.9], [-0.25, 0]],
  [[-1, -0.8], [0, -0.3], [1, -0.8], [1, 0.3], [0, 0.9], [-1, 0.3]],
  [[-0.6, -0.8], [0.6, -0.8], [1, 0.8], [-1, 0.8]],
  ring(8, 0, 0.6),
];

// Tol's muted and bright colours: told apart also by the colour-blind. The ink around each form keeps the contrast.
const COLOURS = ['#4477aa', '#ee8866', '#44bb99', '#eedd88', '#ee6677', '#aa4499', '#99ddff', '#bbcc33', '#ffaabb'];

/** The fill of a type. */
export function colourOf(type) {
  return COLOURS[typeOf(type).index % COLOURS.length];
}

/** The corners of a type's form, as x, y, x, y between -1 and 1. */
export function cornersOf(type) {
  return FORMS[typeOf(type).index % FORMS.length].flat();
}

/** A small picture of a type's form, for beside its name. */
export function glyph(type) {
  const corners = FORMS[typeOf(type).index % FORMS.length];
  const points = corners.map(([x, y]) => `${(8 + 6.5 * x).toFixed(1)},${(8 + 6.5 * y).toFixed(1)}`).join(' ');
  return svg('svg', { class: 'glyph', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg('polygon', { points, fill: colourOf(type) }));
}
