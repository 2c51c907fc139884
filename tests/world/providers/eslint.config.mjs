// Rules for this package and for the scripts that the plugin ships.
//
// Run `npm run lint` here. ESLint looks at no file outside of its working directory, so that command runs it from the
// root of the repository; the paths below are relative to it.

import js from '@eslint/js';
import globals from 'globals';

const strict = {
  'array-callback-return': 'error',
  'complexity': ['error', 12],
  'consistent-return': 'error',
  'curly': 'error',
  'default-case-last': 'error',
  'dot-notation': 'error',
  'eqeqeq': 'error',
  'max-depth': ['error', 4],
  'max-lines': ['error', 300],
  'no-alert': 'error',
  'no-constructor-return': 'error',
  'no-eval': 'error',
  'no-extend-native': 'error',
  'no-implicit-coercion': 'error',
  'no-implied-eval': 'error',
  'no-lonely-if': 'error',
  'no-loop-func': 'error',
  'no-multi-assign': 'error',
  'no-nested-ternary': 'error',
  'no-new-func': 'error',
  'no-new-wrappers': 'error',
  'no-param-reassign': 'error',
  'no-promise-executor-return': 'error',
  'no-proto': 'error',
  'no-return-assign': 'error',
  'no-script-url': 'error',
  'no-self-compare': 'error',
  'no-sequences': 'error',
  'no-shadow': 'error',
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unmodified-loop-condition': 'error',
  'no-unneeded-ternary': 'error',
  'no-unreachable-loop': 'error',
  'no-unused-expressions': 'error',
  'no-use-before-define': ['error', { functions: false, variables: false, classes: false }],
  'no-useless-call': 'error',
  'no-useless-computed-key': 'error',
  'no-useless-concat': 'error',
  'no-useless-rename': 'error',
  'no-useless-return': 'error',
  'no-var': 'error',
  'no-warning-comments': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-object-has-own': 'error',
  'prefer-promise-reject-errors': 'error',
  'prefer-rest-params': 'error',
  'prefer-spread': 'error',
  'radix': 'error',
  'require-unicode-regexp': 'error',
  'symbol-description': 'error',
};

/** Markup from strings is how a page gets scripts that nobody wrote. */
const noMarkupFromStrings = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'createContextualFragment'].map((name) => ({
  selector: `MemberExpression[property.name="${name}"]`,
  message: `Build nodes instead of assigning markup through ${name}.`,
}));

export default [
  // Bundled from tests/world/jsapi.
  { ignores: ['php/assets/dingtalk-app.js'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: strict },
  {
    files: ['tests/world/providers/**/*.mjs', 'tests/world/jsapi/*.mjs', 'tests/browser/*.mjs'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['php/assets/**/*.js', 'php/assets/**/*.mjs', 'tests/world/jsapi/*.js'],
    languageOptions: {
      ecmaVersion: 2022,
      globals: { ...globals.browser, wp: 'readonly', dd: 'readonly', ajaxurl: 'readonly' },
    },
    rules: {
      'no-console': 'error',
      'no-implicit-globals': 'error',
      'no-restricted-syntax': ['error', ...noMarkupFromStrings],
      'no-restricted-globals': ['error', 'event', 'name', 'status'],
      'strict': ['error', 'safe'],
    },
  },
  { files: ['php/assets/**/*.js'], languageOptions: { sourceType: 'script' } },
  { files: ['php/assets/**/*.mjs', 'tests/world/jsapi/*.js'], languageOptions: { sourceType: 'module' } },
];
