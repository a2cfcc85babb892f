package match

// HasVector tells whether a node's vector is in memory.
func (m *Matcher) HasVector(id string) bool {
	m.semantic.mu.RLock()
	defer m.semantic.mu.RUnlock()
	_, ok := m.semantic.vectors[id]
	return ok
}
