CREATE TABLE scratch (id int) ON COMMIT DROP;
