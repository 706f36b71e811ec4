-- tablature.toml: lints.connection_state = "allow"
ATTACH ':memory:' AS other;
ATTACH ':memory:' AS OTHER;
