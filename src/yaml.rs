//! YAML files as trees that remember where each key and value stands.
