import { createApp } from 'vue'
import App from './App.vue'
import { loadOntology } from './composables/ontology'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'

void loadOntology()
createApp(App).use(router).mount('#app')
