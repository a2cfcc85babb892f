import { useEffect } from 'react';
import { useGraphiQL, useMonaco } from '@graphiql/react';

/** The names that GraphiQL is told to use for its two editor themes. */
export const editorTheme = { light: 'kennisgraaf-light', dark: 'kennisgraaf-dark' };

// Monaco's own colours are made for a white and a nearly black ground; on GraphiQL's grounds some of them fall below
// the 4.5 to 1 of WCAG. Each colour here was checked on the ground of the query and of the answer.
const themes = {
  light: {
    base: 'vs',
    ground: '#ffffff',
    accent: '#bd0580',
    shade: '#3b4b6811',
    brackets: ['#0431fa', '#1d6f1d', '#7b3814'],
    tokens: { comment: '#0a6b0a', number: '#076b46', type: '#006a6a', 'argument.identifier.gql': '#4f4bb3' },
  },
  dark: {
    base: 'vs-dark',
    ground: '#212a3b',
    accent: '#ff7aab',
    shade: '#b7c2d711',
    brackets: ['#ffd700', '#e68de2', '#6cb8ff'],
    tokens: {
      comment: '#93c47d',
      keyword: '#82bbee',
      string: '#dda48e',
      'string.value.json': '#dda48e',
      'argument.identifier.gql': '#aaa5ff',
    },
  },
};

function monacoTheme({ base, ground, accent, shade, brackets, tokens }) {
  const faint = `${accent}19`;
  return {
    base,
    inherit: true,
    rules: Object.entries(tokens).map(([token, foreground]) => ({ token, foreground })),
    colors: {
      'editor.background': '#ffffff00', // GraphiQL's own ground shows through
      'scrollbar.shadow': '#ffffff00',
      'editorHoverWidget.background': ground,
      'editorSuggestWidget.background': ground,
      'editorWidget.background': ground,
      'menu.background': ground,
      'quickInput.background': ground,
      'input.background': shade,
      focusBorder: accent,
      'textLink.foreground': accent,
      'textLink.activeForeground': accent,
      'editorLink.activeForeground': accent,
      'list.highlightForeground': accent,
      'list.focusHighlightForeground': accent,
      'list.hoverBackground': faint,
      'editorSuggestWidget.selectedBackground': faint,
      'editorSuggestWidget.selectedForeground': accent,
      'menu.selectionBackground': faint,
      'menu.selectionForeground': accent,
      'quickInputList.focusBackground': faint,
      'toolbar.hoverBackground': faint,
      ...Object.fromEntries(brackets.map((color, i) => [`editorBracketHighlight.foreground${i + 1}`, color])),
    },
  };
}

/** Gives the editors colours that can be read, and wraps long lines in the query. Shows nothing itself. */
export function AccessibleEditors() {
  const monaco = useMonaco((state) => state.monaco);
  const current = useGraphiQL((state) => state.monacoTheme);
  const queryEditor = useGraphiQL((state) => state.queryEditor);

  useEffect(() => {
    if (!monaco) return;
    for (const name of ['light', 'dark']) monaco.editor.defineTheme(editorTheme[name], monacoTheme(themes[name]));
    monaco.editor.setTheme(current);
  }, [monaco, current]);

  useEffect(() => queryEditor?.updateOptions({ wordWrap: 'on' }), [queryEditor]);

  return null;
}
