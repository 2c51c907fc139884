// HTML from template literals: every value is escaped unless it is HTML already.

class Html {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function render(value) {
  if (value instanceof Html) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return value.map(render).join('');
  }
  if (value === null || value === undefined || value === false) {
    return '';
  }
  return String(value).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character]);
}

/** A tag for template literals. */
export function html(strings, ...values) {
  return new Html(strings.reduce((text, part, i) => `${text}${render(values[i - 1])}${part}`));
}

/** Text that is trusted to be HTML. */
export function trusted(text) {
  return new Html(text);
}
