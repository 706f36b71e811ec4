-- engine accepts: it is detached only when the run is over
ATTACH ':memory:' AS other;
