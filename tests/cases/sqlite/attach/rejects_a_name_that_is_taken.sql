ATTACH ':memory:' AS other;
ATTACH ':memory:' AS OTHER;
