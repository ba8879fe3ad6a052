// Mark two texts of each kind on the page, the first and the last: whoever looks at these has looked at all.
//
// Whether a text can be told from its ground depends on its own style and on what is painted where it stands. So two texts
// are of one kind when both are the same: the style, and, of every box that paints, fades or cuts off something there, how
// it does so and whether it reaches all around the text.
([mark, include, exclude]) => {
  const every = root => [...root.querySelectorAll('*')].flatMap(one => one.shadowRoot ? [one, ...every(one.shadowRoot)] : one);
  const outer = (element, selectors) => selectors.some(selector => element.closest(selector));
  const boxes = [], texts = [], fades = new Map();
  for (const element of every(document)) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const fade = [style.opacity, style.filter, style.mixBlendMode, style.clip, style.clipPath].join();
    fades.set(element, (fades.get(element.parentElement) ?? '') + (fade === '1,none,normal,auto,none' ? '' : fade));
    const beside = ['::before', '::after'].map(name => getComputedStyle(element, name)).filter(one => one.content !== 'none')
      .map(one => [one.backgroundColor, one.backgroundImage, one.position, one.opacity].join()).join();
    const field = /^(input|select|textarea)$/i.test(element.tagName);
    const shown = field || /^(button|canvas|iframe|img|svg|video)$/i.test(element.tagName) ? element.tagName : '';
    const paints = [style.backgroundColor, style.backgroundImage, style.overflow, style.zIndex, beside, shown].join();
    if (paints !== 'rgba(0, 0, 0, 0),none,visible,auto,,' && box.width && box.height) boxes.push({element, paints, box});
    const text = field ? element.value || element.placeholder || ''
      : [...element.childNodes].map(node => node.nodeType === Node.TEXT_NODE ? node.data : '').join('');
    if (!text.trim() || !element.checkVisibility({visibilityProperty: true})) continue;
    if (outer(element, exclude) || include.length && !outer(element, include)) continue;
    const own = [element.tagName, style.color, style.webkitTextFillColor, style.webkitTextStroke, style.textShadow,
      style.fontSize, style.fontWeight, style.textIndent, element.closest(':disabled, [aria-disabled=true]') !== null,
      /[\p{L}\p{N}]{2}/u.test(text), box.width > 2 && box.height > 2, box.right > 0 && box.bottom > 0, fades.get(element)];
    texts.push({element, box, own: own.join()});
  }
  const kinds = new Map();
  for (const {element, box, own} of texts) {
    let kind = own;
    for (const {element: other, paints, box: at} of boxes) {
      const holds = other.contains(element), within = element !== other && element.contains(other);
      const meets = at.left < box.right && at.right > box.left && at.top < box.bottom && at.bottom > box.top;
      const around = at.left <= box.left && at.right >= box.right && at.top <= box.top && at.bottom >= box.bottom;
      if ((meets || holds) && !within) kind += `;${paints},${around},${holds}`;
    }
    kinds.set(kind, [...(kinds.get(kind) ?? []).slice(0, 1), element]);
  }
  for (const element of every(document)) element.removeAttribute(mark);
  for (const element of [...kinds.values()].flat()) element.setAttribute(mark, '');
}
