CREATE DOMAIN d AS nonsense;
