-- engine accepts: the table belongs to the runner
CREATE TABLE IF NOT EXISTS _tablature_history (a);
INSERT INTO _tablature_history VALUES (1);
