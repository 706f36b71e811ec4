-- engine accepts: the table belongs to the runner
DROP TABLE IF EXISTS main._tablature_history;
