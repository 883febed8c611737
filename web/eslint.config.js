import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['node_modules', 'src/api/schema.ts'] },
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] },
    },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      'no-console': 'error',
      'vue/no-v-html': 'error',
      'vue/max-lines-per-block': ['error', { script: 200, template: 200, style: 200 }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vuejs-accessibility/heading-has-content': ['error', { accessibleChildren: ['RouterLink'] }],
      // A label that wraps its control needs no `for` beside it.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  { files: ['scripts/**', '*.config.*'], languageOptions: { globals: globals.node } },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      // State is pure: it must run without a browser.
      'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'fetch', 'navigator', 'location'],
      'no-restricted-imports': [
        'error',
        { patterns: ['vue', 'vue-router', 'sigma', 'maplibre-gl', '@/components/*', '@/views/*'] },
      ],
    },
  },
  prettier,
)
