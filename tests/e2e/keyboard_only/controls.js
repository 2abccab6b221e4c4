// What the keyboard tests ask the page: which controls there are, which of them the keys reach, how
// they look with the focus, and whether something has changed. Each answer holds all that a test
// needs before the next key, so that it asks once a key.
window.controls = (() => {
  const NATIVE = 'a[href], button, input, select, textarea, summary, [contenteditable]';
  const ROLES = ['button', 'menuitem', 'tab', 'switch', 'slider', 'checkbox', 'radio', 'link',
    'application'].map(role => `[role=${role}]`).join();
  const INTERACTIVE = `${NATIVE}, ${ROLES}`;
  // What opens above the page.
  const LAYERS = 'dialog[open], [role=menu], :popover-open:not([role=tooltip])';
  // Lists whose members differ only in what they are about.
  const ALIKE = '.events, .rule-card, .cell, .flight, .link, .server, .client, .term, .chain, ' +
    '.history-bar, .operations, .comparisons, .glossary, .cards, ' +
    '[data-setting^=rule], [role=listbox]';
  // The fields of the sheet do the same.
  const OTHERWISE = '.group-choice';

  const reached = new Set(), looks = new Map(), unmarked = new Set();
  let effects = 0, before = '', base = '';
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
  // A card is marked as a whole.
  const look = e => [e.parentElement, e, ...e.querySelectorAll('*')].slice(0, 60).map(part => {
    const style = getComputedStyle(part);
    const outline = style.outlineStyle === 'none' ? '' :
      `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor, style.stroke,
      style.strokeWidth, style.fill, style.textDecorationLine].join();
  }).join(';');
  const missed = root => within(INTERACTIVE).filter(e => e.closest(root) && !reached.has(e) &&
    !e.disabled && !e.matches('[role=option]'));
  // How many controls beside the focused one only the arrow keys reach.
  const beside = e => {
    if (e.type === 'radio') {
      return within(`input[name="${e.name}"]`).filter(other => !reached.has(other)).length;
    }
    if (e.matches('input, select, textarea')) return 0;
    const role = e.getAttribute('role');
    return within(INTERACTIVE).filter(other => !reached.has(other) &&
      (other.tabIndex < 0 || role === 'menuitem') && other.localName === e.localName &&
      other.getAttribute('role') === role).length;
  };
  const layers = () => [...document.querySelectorAll(LAYERS)].filter(visible);
  const focused = () => document.activeElement === document.body ? null :
    kind(document.activeElement);
  // All that a person can see, as one text.
  const observe = () => {
    const spoken = document.querySelector('.spoken')?.outerHTML ?? '';
    const page = document.documentElement.outerHTML.replace(spoken, '')
      .replaceAll(' data-hovered=""', '');
    const fields = [...document.querySelectorAll('input, select, textarea, details')]
      .map(e => [e.value, e.checked, e.open].join());
    const scrolls = [...document.querySelectorAll('.logs-scroll, .tab-panel, .dialog-body')]
      .map(e => [e.scrollLeft, e.scrollTop].join());
    return [page, fields, scrolls, effects, layers().map(step), location.hash].join('\n');
  };
  const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  // Whether a condition becomes true in that time.
  const until = async (condition, most) => {
    for (const end = performance.now() + most; performance.now() < end; await wait(16)) {
      if (condition()) return true;
    }
    return condition();
  };
  // Waits until nothing changes any more.
  const settle = async () => {
    let was = observe();
    for (let same = 0, turn = 0; same < 2 && turn < 100; turn += 1) {
      await wait(16);
      const now = observe();
      same = now === was ? same + 1 : 0;
      was = now;
    }
    return was;
  };
  // The keys that use the focused control, or why it cannot be used now.
  const use = e => {
    // The focus alone opens the sentence of a term.
    const tip = e.closest('.term')?.querySelector('[role=tooltip]');
    if (tip) return tip.matches(':popover-open') ? { readOnly: true } : { keys: [] };
    if (e.ariaDisabled === 'true') {
      const reasons = (e.getAttribute('aria-describedby') ?? '').split(' ')
        .map(id => document.getElementById(id)?.textContent);
      const said = e.title || e.ariaDescription || e.querySelector('small')?.textContent ||
        reasons.join(' ').trim();
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
  };

  return {
    // Begins a walk: the next Tab leads into `root`.
    start(root) {
      reached.clear(); looks.clear(); unmarked.clear();
      // A menu holds the focus.
      if (document.querySelector('[role=menu]')) return;
      document.activeElement?.blur?.();
      const first = document.querySelector(root);
      if (!first || !scope().contains(first)) return;
      const earlier = within(INTERACTIVE).filter(e => e.tabIndex >= 0 && !e.closest(root) &&
        e.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (earlier.length > 0) return earlier.at(-1).focus();
      // Tab begins at the start of the document.
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
    },
    // Notes what has the focus: 'new', 'known' or 'none'; how many controls lie beside it; and
    // whether the walk through `root` is at its end.
    note(root) {
      for (const [e, marked] of looks) {
        if (e !== document.activeElement && e.isConnected && visible(e)) {
          if (look(e) === marked) unmarked.add(kind(e));
          looks.delete(e);
        }
      }
      const menu = document.querySelector('[role=menu]') !== null;
      const e = document.activeElement;
      if (!e || e === document.body) return { word: 'none', beside: 0, menu };
      const word = reached.has(e) ? 'known' : 'new';
      if (word === 'new') {
        reached.add(e);
        looks.set(e, look(e));
      }
      const tab = e.getAttribute('role') === 'tab';
      const ends = !e.closest(root) && missed(root).length === 0;
      return { word, beside: beside(e), tab, menu, ends };
    },
    settled: async () => { await settle(); },
    // What the walk has found: controls that no key has reached; what reacts to the mouse and is
    // neither a control nor in one; controls that look the same with the focus; what the keys reach
    // although nothing says what it is.
    complaints(root) {
      const kinds = list => [...new Set(list.map(kind))];
      const mouse = within('*').filter(e => getComputedStyle(e).cursor === 'pointer' &&
        !e.closest(`${INTERACTIVE}, label, [role=option], ${OTHERWISE}`));
      const roleless = [...reached].filter(e => e.isConnected && !e.matches(INTERACTIVE) &&
        !e.matches('pre, dialog, [role]'));
      return {
        'no key reaches it': kinds(missed(root)),
        'only the mouse uses it': kinds(mouse),
        'the focus is invisible on it': [...unmarked],
        'it has no role': kinds(roleless),
      };
    },
    // One control of each kind in an element, once the page is at rest. What is seen now is what
    // `isRestored` compares with.
    async kinds(root) {
      base = await settle();
      return [...new Set(within(INTERACTIVE)
        .filter(e => e.closest(root) && !e.disabled && e.type !== 'file').map(kind))];
    },
    // Whether the page looks as it did, so that the next control can be used at once.
    isRestored: async () => await settle() === base,
    // Focuses the first control of a kind, and says how to use it; null if there is none.
    async aim(wanted) {
      await settle();
      const e = within(INTERACTIVE).find(e => kind(e) === wanted);
      e?.focus({ focusVisible: true });
      if (!e || document.activeElement !== e) return null;
      before = await settle();
      return { layers: layers().length, ...use(document.activeElement) };
    },
    // Whether what a person can see changes soon. The rest is what stands then.
    async outcome() {
      const changes = await until(() => observe() !== before, 2000);
      if (changes) await settle();
      return { changes, focused: focused(), layers: layers().map(step) };
    },
    // After Escape: whether as many layers are left, and the focus is on that kind again.
    async closed(count, wanted) {
      const closed = await until(() => layers().length === count, 10000);
      const returned = closed && await until(() => focused() === wanted, 10000);
      return { closed, returned, focused: focused() };
    },
  };
})();
null
