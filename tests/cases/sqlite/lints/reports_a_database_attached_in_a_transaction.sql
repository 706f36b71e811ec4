ATTACH ':memory:' AS other;
