import { createRouter, createWebHashHistory } from 'vue-router'
import SearchView from '@/views/SearchView.vue'

/**
 * The part after `#` never leaves the browser: what an investigator looks at is in no server log and in no
 * referrer, and the page works below any path and from any static server.
 */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', alias: '/search', name: 'search', component: SearchView },
    { path: '/entity/:id', name: 'entity', component: () => import('@/views/EntityView.vue'), props: true },
    { path: '/record/:id', name: 'record', component: () => import('@/views/RecordView.vue'), props: true },
    { path: '/graph', name: 'graph', component: () => import('@/views/GraphView.vue') },
    { path: '/read', name: 'read', component: () => import('@/views/ReadView.vue') },
    { path: '/datasets', name: 'datasets', component: () => import('@/views/DatasetsView.vue') },
    { path: '/quarantine', name: 'quarantine', component: () => import('@/views/QuarantineView.vue') },
    { path: '/contradictions', name: 'contradictions', component: () => import('@/views/ContradictionsView.vue') },
    { path: '/:rest(.*)*', name: 'missing', component: () => import('@/views/MissingView.vue') },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})
