CREATE TABLE logs (id int, at date) PARTITION BY RANGE (at);
ALTER TABLE logs ALTER at TYPE timestamp;
