CREATE TABLE _tablature_histories (a);
CREATE TABLE tablature_history (a);
DROP TABLE IF EXISTS _tablature;
