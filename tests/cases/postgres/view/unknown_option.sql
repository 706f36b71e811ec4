CREATE VIEW v WITH (security_fence) AS SELECT 1 AS a;
