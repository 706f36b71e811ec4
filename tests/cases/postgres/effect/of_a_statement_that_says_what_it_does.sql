-- engine accepts: it does not read the comment
-- tablature: effect none
CREATE TABLE stories (id bigint PRIMARY KEY);
