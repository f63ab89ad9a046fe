/** `#try` opens a page's tester; what follows `=` is what a link shares. Apart, for the page to know it before any tester. */
export const FRAGMENT = /^#try(?:=(.*))?$/;
