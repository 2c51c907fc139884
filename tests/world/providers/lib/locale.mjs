// Which of the languages that we have a visitor reads.

/**
 * The first of `wanted` that is Chinese or English, as `zh-CN` or `en`.
 *
 * `wanted` is a list of BCP 47 tags, divided by spaces (`ui_locales`) or commas (`Accept-Language`, whose weights
 * browsers send in descending order already).
 */
export function chooseLocale(wanted, otherwise) {
  for (const tag of (wanted ?? '').toLowerCase().split(/[\s,]+/u)) {
    if (/^zh\b/u.test(tag)) {
      return 'zh-CN';
    }
    if (/^en\b/u.test(tag)) {
      return 'en';
    }
  }
  return otherwise;
}
