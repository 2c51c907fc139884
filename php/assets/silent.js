/* Leads to the sign-in once per browser session, in a browser that has signed in here before. */
(() => {
    'use strict';

    const { start } = document.currentScript.dataset;
    const tried = 'logto_sign_in_tried';
    const has = (name) => document.cookie.split('; ').includes(`${name}=1`);
    const page = location.href;
    // An address that is too long to come back to, or has a part that no server sees, is left alone.
    const stays = window !== window.top || document.prerendering || page.length > 700 || location.hash !== '';
    if (stays || !has('logto_sign_in_known') || has(tried)) {
        return;
    }

    try {
        if (sessionStorage.getItem(tried)) {
            return;
        }
        sessionStorage.setItem(tried, '1');
    } catch {
        return;
    }
    // For the other tabs.
    document.cookie = `${tried}=1; path=/; max-age=3600; samesite=lax`;
    if (has(tried)) {
        location.replace(`${start}&redirect_to=${encodeURIComponent(page)}`);
    }
})();
