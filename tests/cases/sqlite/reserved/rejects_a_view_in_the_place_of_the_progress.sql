-- engine accepts: the table belongs to the runner
CREATE VIEW "_Tablature_Progress" AS SELECT 1 AS a;
