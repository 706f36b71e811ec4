-- engine accepts: it keeps the moment of the migration, another one on every database
CREATE TABLE tales (id integer, day date);
CREATE INDEX ON tales (id) WHERE day > 'today';
