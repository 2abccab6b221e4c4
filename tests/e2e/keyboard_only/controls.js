// What the keyboard tests ask the page: which controls there are, which of them the keys reach, how
// they look with the focus, and whether something has changed.
window.controls = (() => {
  const NATIVE = 'a[href], button, input, select, textarea, summary, [contenteditable]';
  const ROLES = ['button', 'menuitem', 'tab', 'switch', 'slider', 'checkbox', 'radio', 'link',
    'combobox', 'application'].map(role => `[role=${role}]`).join();
  const INTERACTIVE = `${NATIVE}, ${ROLES}`;
  // What opens above the page.
  const LAYERS = 'dialog[open], [role=menu], :popover-open:not([role=tooltip])';
  // Lists whose members differ only in what they are about.
  const ALIKE = '.events, .rule-card, .cell, .flight, .link, .server, .client, .term, .chain, ' +
    '.history-bar, .operations, .comparisons, .glossary, [data-setting^=rule], [role=listbox]';

  const reached = new Set(), looks = new Map(), unmarked = new Set();
  let effects = 0;
  for (const [owner, name] of [[URL, 'createObjectURL'], [navigator.clipboard, 'writeText'],
    [window, 'print']]) {
    const was = owner?.[name]?.bind(owner);
    if (was) owner[name] = (...all) => { effects += 1; return was(...all); };
  }

  const visible = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]') &&
    e.getClientRects().length > 0;
  // A modal dialog and a menu keep the keys to themselves.
  const scope = () => document.querySelector('[role=menu]') ??
    [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
  const within = selector => [...scope().querySelectorAll(selector)].filter(visible);
  const name = e => (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.title ||
    e.textContent || e.name || '').trim().replace(/\s+/g, ' ').slice(0, 60);
  const step = e => `${e.localName}.${(e.getAttribute('class') ?? '').split(' ')[0]}`;
  const kind = e => {
    const group = e.closest(ALIKE), path = [step(e)];
    for (let up = e.parentElement; up && path.length < 3; up = up.parentElement) {
      path.push(step(up));
    }
    if (group) path.push(step(group));
    const own = group ? '' : name(e).replace(/\b[SC]?\d[\d.]*\b/g, '#');
    return `${path.reverse().join('>')} ${own}`.trim();
  };
  const look = e => [e, ...e.querySelectorAll('*')].slice(0, 60).map(part => {
    const style = getComputedStyle(part);
    const outline = style.outlineStyle === 'none' ? '' :
      `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor, style.stroke,
      style.strokeWidth, style.fill, style.textDecorationLine].join();
  }).join(';');

  return {
    start() {
      reached.clear(); looks.clear(); unmarked.clear();
      // A menu holds the focus.
      if (!document.querySelector('[role=menu]')) document.activeElement?.blur?.();
    },
    // Notes what has the focus: 'new', 'known' or 'none'.
    note() {
      for (const [e, focused] of looks) {
        if (e !== document.activeElement && e.isConnected && visible(e)) {
          if (look(e) === focused) unmarked.add(kind(e));
          looks.delete(e);
        }
      }
      const e = document.activeElement;
      if (!e || e === document.body) return 'none';
      if (reached.has(e)) return 'known';
      reached.add(e);
      looks.set(e, look(e));
      return 'new';
    },
    // How many controls beside the focused one only the arrow keys reach.
    beside() {
      const e = document.activeElement;
      if (e.type === 'radio') {
        return within(`input[name="${e.name}"]`).filter(other => !reached.has(other)).length;
      }
      if (e.matches('input, select, textarea')) return 0;
      const role = e.getAttribute('role');
      return within(INTERACTIVE).filter(other => !reached.has(other) &&
        (other.tabIndex < 0 || role === 'menuitem') && other.localName === e.localName &&
        other.getAttribute('role') === role).length;
    },
    isTab: () => document.activeElement.getAttribute('role') === 'tab',
    // Visible and enabled, and no key has reached them.
    missed: () => within(INTERACTIVE).filter(e => !reached.has(e) && !e.disabled &&
      !e.matches('[role=option]')).map(kind),
    // What reacts to the mouse and is neither a control nor in one.
    mouseOnly: () => within('*').filter(e => getComputedStyle(e).cursor === 'pointer' &&
      !e.closest(`${INTERACTIVE}, label, [role=option]`)).map(kind),
    unmarked: () => [...unmarked],
    // What the keys reach although nothing says what it is.
    roleless: () => [...reached].filter(e => e.isConnected && !e.matches(INTERACTIVE) &&
      !e.matches('pre, dialog, [role]')).map(kind),
    // One control of each kind, in an element.
    kinds: root => [...new Set(within(INTERACTIVE)
      .filter(e => e.closest(root) && !e.disabled && e.type !== 'file').map(kind))],
    // Focuses the first control of a kind; false if there is none.
    focus(wanted) {
      const e = within(INTERACTIVE).find(e => kind(e) === wanted);
      e?.focus({ focusVisible: true });
      return Boolean(e) && document.activeElement === e;
    },
    // The keys that use the focused control, or why it cannot be used now.
    use() {
      const e = document.activeElement;
      // The focus alone opens the sentence of a term.
      const tip = e.closest('.term')?.querySelector('[role=tooltip]');
      if (tip) return tip.matches(':popover-open') ? { readOnly: true } : { keys: [] };
      if (e.ariaDisabled === 'true') {
        const said = e.title || e.ariaDescription || e.querySelector('small')?.textContent ||
          document.getElementById(e.getAttribute('aria-describedby'))?.textContent;
        return said ? { disabled: said } : { keys: [], silent: true };
      }
      if (e.matches('select')) return { keys: ['ArrowDown', 'ArrowUp'] };
      if (e.type === 'radio') return { keys: ['ArrowRight', 'ArrowLeft'] };
      if (e.type === 'range') return { keys: ['ArrowLeft', 'ArrowRight'] };
      if (e.type === 'number') return { keys: ['ArrowUp', 'ArrowDown'] };
      if (e.type === 'checkbox') return { keys: [' '] };
      if (e.getAttribute('role') === 'application') return { keys: ['ArrowLeft'] };
      if (e.getAttribute('role') === 'tab') return { keys: ['ArrowLeft', 'ArrowRight'] };
      if (e.readOnly) return { keys: [], readOnly: true };
      if (e.matches('input, textarea')) return { keys: ['x'] };
      return { keys: ['Enter'] };
    },
    focused: () => document.activeElement === document.body ? null : kind(document.activeElement),
    layers: () => [...document.querySelectorAll(LAYERS)].filter(visible).map(step),
    focusIsInLayer: () => Boolean(document.activeElement.closest(LAYERS)),
    // All that a person can see, as one text.
    observe() {
      const spoken = document.querySelector('.spoken')?.outerHTML ?? '';
      const page = document.documentElement.outerHTML.replace(spoken, '')
        .replaceAll(' data-hovered=""', '');
      const fields = [...document.querySelectorAll('input, select, textarea, details')]
        .map(e => [e.value, e.checked, e.open].join());
      const scrolls = [...document.querySelectorAll('.logs-scroll, .tab-panel, .dialog-body')]
        .map(e => [e.scrollLeft, e.scrollTop].join());
      return [page, fields, scrolls, effects, this.layers(), location.hash].join('\n');
    },
  };
})();
null
